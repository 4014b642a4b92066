// What is promised when workers, connections and reconcilers die. Against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { defineJob, once } from '@earshot/contracts';
import { Committer, Reconciliation } from '@earshot/database';
import { notify, redis } from '../testing/doorbells.js';
import { echo, fit, fitting, named, numbered, single, type Work } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

/** One long task. */
const lone = defineJob({ kind: 'lone', summary: 'Long work alone', input: fitting.input, stages: [once(fit)], result: fit.output });

/** Long tasks that go on until they are released; short ones echo. */
class Fits {
  count = 0;
  private readonly start = Promise.withResolvers<void>();
  private readonly end = Promise.withResolvers<void>();
  readonly begun = this.start.promise;
  readonly release = this.end.resolve;

  readonly work: Work = async (context, mode) => {
    if (context.items.length > 0) return echo(context, mode);
    this.count += 1;
    this.start.resolve();
    const signs = setInterval(() => void context.progress({ step: 1, of: 2, figures: {} }).catch(() => undefined), 200);
    await Promise.race([this.end.promise, aborted(context.signal)]).finally(() => clearInterval(signs));
    context.output({ counted: 0 });
  };
}

const aborted = (signal: AbortSignal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe.each([notify, redis])('dead workers with $doorbell as the doorbell', ({ start }) => {
  const on = freshEngine(start);
  const { work, ask, ended, names, sql, killWorkersOf, claimed } = on;

  /** A job whose task is a suspect as soon as it is there: a worker would run it at once otherwise. */
  async function askedAsSuspect(): Promise<string> {
    await sql(`create or replace function suspect() returns trigger language plpgsql as $$ begin new.suspect := true; return new; end $$`);
    await sql(`create trigger suspect before insert on task for each row execute function suspect()`);
    const id = await ask(single, named(['suspect']));
    await sql('drop trigger suspect on task');
    return id;
  }

  /** From now on claims take a second where `when` is true of the old and the new row; resolves as `begun` once one is under way. */
  async function claimSlowly(when: string): Promise<{ begun(): Promise<void>; end(): Promise<unknown> }> {
    await sql(`
        create function claim_slowly() returns trigger language plpgsql as $$ begin perform pg_sleep(1); return new; end $$`);
    await sql(`create trigger slow before update on task for each row when (${when}) execute function claim_slowly()`);
    return {
      async begun() {
        while ((await sql(`select 1 from pg_stat_activity where wait_event = 'PgSleep'`)).length === 0) await sleep(2);
      },
      end: () => sql('drop function claim_slowly cascade'),
    };
  }

  /** A worker that holds no long task takes the suspect, and not the one that does. */
  async function isLeftToOthers(suspect: string): Promise<void> {
    await work(echo, { name: 'other' });
    expect(await ended(suspect)).toMatchObject({ state: 'succeeded' });
    expect(await sql('select worker from task where job_id = $1', [suspect])).toEqual([{ worker: 'other' }]);
  }

  it('brings back what a dead worker held', async () => {
    const id = await ask(single, numbered(1));
    await claimed(id);
    await killWorkersOf(id);
    await work();
    expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 1 });
  });

  it('lets others begin between the parts of a chunk whose worker died', async () => {
    const id = await ask(single, numbered(12));
    await claimed(id);
    await killWorkersOf(id);
    while ((await sql(`select from task where job_id = $1 and suspect`, [id])).length < 12) await sleep(20);
    await work(async (context, mode) => {
      if (context.jobId === id) await sleep(100);
      await echo(context, mode);
    });
    for (let n = 0; n < 3; n++) await ended(await ask(single, named(['other'])));
    expect((await sql(`select from task where job_id = $1 and state <> 'succeeded'`, [id])).length).toBeGreaterThan(2);
    await ended(id);
  });

  it('takes no result of an attempt that lost its task', async () => {
    const id = await ask(single, numbered(1));
    const [ghost] = await claimed(id);
    await killWorkersOf(id);
    await work();
    await ended(id);
    const late = await new Committer(on.database).submit({
      id: ghost!.id,
      attempt: ghost!.attempt,
      items: [{ index: 0, result: { name: 'ghost' } }],
    });
    expect(late).toEqual({ owned: false, opened: [] });
    expect(await names(id)).toEqual([{ name: 'item 0' }]);
  });

  it('splits a chunk whose worker died, and gives up only the item that kills', async () => {
    await work(async (context, mode) => {
      if (context.items.some(({ customId }) => customId === 'poison')) {
        while (!context.signal.aborted) {
          await killWorkersOf(context.jobId);
          await sleep(100); // its worker is as good as dead: its heartbeats do not count
        }
      }
      await echo(context, mode);
    });
    const id = await ask(single, named(['a', 'b', 'poison', 'd', 'e', 'f']));
    expect(await ended(id, 60_000)).toMatchObject({ state: 'succeeded', succeeded: 5, failed: 1 });
    const [failed] = await on.workspace.jobs.items(id, { state: 'failed', limit: 10 });
    expect(failed).toMatchObject({ customId: 'poison', error: { code: 'TASK_QUARANTINED' } });
    const [guilty] = await sql('select kills, attempt from task where job_id = $1 and kills > 0', [id]);
    expect(guilty).toMatchObject({ kills: 3 });
  }, 90_000);

  it('lets a worker hold one suspect at a time, and goes through all of them', async () => {
    const alone: number[] = [];
    const release = Promise.withResolvers<void>();
    const id = await ask(single, numbered(24));
    await claimed(id);
    await killWorkersOf(id);
    while ((await sql(`select 1 from task where job_id = $1 and state = 'queued'`, [id])).length < 24) await sleep(20);
    await work(async (context, mode) => {
      const held = await sql(`select 1 from task where job_id = $1 and state = 'running'`, [id]);
      alone.push(held.length);
      await release.promise;
      await echo(context, mode);
    });
    while (alone.length === 0) await sleep(20);
    await sleep(500);
    expect(alone).toEqual([1]);
    release.resolve();
    expect(await ended(id, 10_000)).toMatchObject({ state: 'succeeded', succeeded: 24 });
    expect(new Set(alone)).toEqual(new Set([1]));
  });

  it('begins nothing beside a suspect that waits for what runs, so that other workers do', async () => {
    const release = Promise.withResolvers<void>();
    const blocks: Work = async (context, mode) => {
      if (context.items.some(({ customId }) => customId === 'slow')) await release.promise;
      await echo(context, mode);
    };
    await work(blocks, { name: 'first' });
    const slow = await ask(single, named(['slow']));
    while ((await on.workspace.jobs.get(slow)).state !== 'running') await sleep(10);
    const suspect = await askedAsSuspect();
    const heldBy = () => sql(`select worker from task where job_id = $1 and state = 'running'`, [suspect]);
    while ((await heldBy()).length === 0) await sleep(20);
    expect(await heldBy()).toEqual([{ worker: 'first' }]);
    await work(echo, { name: 'second' });
    const short = await Promise.all(Array.from({ length: 20 }, () => ask(single, numbered(1))));
    for (const id of short) expect(await ended(id, 8_000)).toMatchObject({ state: 'succeeded' });
    const workers = await sql('select distinct worker from task where job_id = any($1::uuid[])', [short]);
    expect(workers).toEqual([{ worker: 'second' }]);
    expect(await on.workspace.jobs.get(slow)).toMatchObject({ state: 'running' });
    release.resolve();
    for (const id of [slow, suspect]) expect(await ended(id)).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('leaves a suspect to others while it has a long task under way', async () => {
    const fits = new Fits();
    const fit = await ask(fitting, numbered(1));
    await work(fits.work, { name: 'fitting' });
    await fits.begun;
    const suspect = await askedAsSuspect();
    await sleep(3_000); // it looks every second
    expect(await sql('select state, worker from task where job_id = $1', [suspect])).toEqual([{ state: 'queued', worker: null }]);
    await isLeftToOthers(suspect);
    fits.release();
    expect(await ended(fit)).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('begins no long task beside suspects, however many there are, also when it has just started', async () => {
    const before = new Fits();
    const fit = await ask(fitting, numbered(1));
    await work(before.work);
    await before.begun;
    await on.closeOpened(); // the fit is handed back
    const suspects = [await askedAsSuspect(), await askedAsSuspect(), await askedAsSuspect()];

    const after = new Fits();
    const beside: number[] = [];
    await work(async (context, mode) => {
      if (!suspects.includes(context.jobId)) return after.work(context, mode);
      await sleep(500);
      beside.push(after.count);
      await echo(context, mode);
    });
    await after.begun;
    expect(beside).toEqual([0, 0, 0]);
    after.release();
    for (const id of [...suspects, fit]) expect(await ended(id)).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('leaves a suspect to others where a long task begins while it is claimed', async () => {
    const slow = await claimSlowly(`new.state = 'running' and old.suspect`);
    const fits = new Fits();
    await work(fits.work, { name: 'fitting' });
    const suspect = await askedAsSuspect();
    await slow.begun();
    const fit = await ask(fitting, numbered(1));
    await fits.begun;
    await sleep(1_500);
    await slow.end();
    await isLeftToOthers(suspect);
    fits.release();
    expect(await ended(fit)).toMatchObject({ state: 'succeeded' });
  }, 60_000);

  it('counts no death of a long task beside one that is given up', async () => {
    const [guilty, beside] = [await ask(lone, numbered(1)), await ask(lone, numbered(1))];
    for (const id of [guilty, beside]) expect(await claimed(id)).toHaveLength(1);
    await sql('update task set kills = 2, deaths = 26 where job_id = $1', [guilty]);
    await sql(`update task set lease_until = now() - interval '1 s' where state = 'running'`);
    expect(await ended(guilty)).toMatchObject({ state: 'failed', error: { code: 'TASK_QUARANTINED' } });
    const taskBeside = () => sql('select state, kills from task where job_id = $1', [beside]);
    while ((await taskBeside())[0]?.['state'] === 'running') await sleep(20);
    expect(await taskBeside()).toEqual([{ state: 'queued', kills: 0 }]);
  }, 60_000);

  it('leaves no task running that was claimed while its worker was told to end', async () => {
    const slow = await claimSlowly(`new.state = 'running'`);
    const worker = await work(async ({ signal }) => {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    const id = await ask(single, numbered(1));
    await slow.begun();
    await worker.close();
    expect(await sql('select state, suspect from task where job_id = $1', [id])).toEqual([{ state: 'queued', suspect: false }]);
  }, 60_000);

  it('lets another process reconcile when the one that does stands still', async () => {
    await on.engine.close();
    const leads = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const still = new Reconciliation(on.database).asLeader(
      async () => {
        leads.resolve();
        await goesOn.promise;
      },
      { limitMs: 300 },
    );
    await leads.promise;
    const other = new Reconciliation(on.database);
    expect(await other.asLeader(async () => undefined)).toBe(false);
    await sleep(1_000);
    expect(await other.asLeader(async () => undefined)).toBe(true);
    goesOn.resolve();
    await expect(still).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
  });

  it('survives the loss of a connection in the middle of a transaction', async () => {
    const lost = on.database.transaction(async (client) => {
      const [backend] = await on.database.run<{ pid: number }>({ name: 'pid', text: 'select pg_backend_pid() as pid' }, [], client);
      await sql('select pg_terminate_backend($1)', [backend?.pid]);
      await sleep(200);
    });
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await on.database.ping();
  });

  it('hands back what it cannot finish when it is told to end', async () => {
    const id = await ask(single, numbered(1));
    await work(async ({ signal }) => {
      await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    });
    while ((await on.workspace.jobs.get(id)).state !== 'running') await sleep(10);
    await on.closeOpened();
    expect(await sql('select state, suspect from task where job_id = $1', [id])).toEqual([{ state: 'queued', suspect: false }]);
    await work();
    expect(await ended(id)).toMatchObject({ state: 'succeeded' });
  }, 60_000);
});
