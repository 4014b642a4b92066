// What is promised when workers, connections and reconcilers die. Run by engine.notify.spec.ts and engine.redis.spec.ts against real servers.
import { setTimeout as sleep } from 'node:timers/promises';
import { Committer, Reconciliation } from '@earshot/database';
import { echo, named, numbered, single } from '../testing/drill.js';
import { type DoorbellUnderTest, freshEngine } from '../testing/fresh-engine.js';

export function describeDeadWorkers(doorbellName: string, startDoorbell: () => Promise<DoorbellUnderTest>): void {
  describe(`dead workers with ${doorbellName} as the doorbell`, () => {
    const on = freshEngine(startDoorbell);
    const { work, ask, ended, names, sql, killWorkersOf, claimed } = on;

    it('brings back what a dead worker held', async () => {
      const id = await ask(single, numbered(1));
      await claimed(id);
      await killWorkersOf(id);
      await work();
      expect(await ended(id)).toMatchObject({ state: 'succeeded', succeeded: 1 });
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
            await sql(`update task set lease_until = now() - interval '1 s' where id = $1 and state = 'running'`, [context.taskId]);
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
}
