import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import { NotifyDoorbell } from '../doorbell/notify-doorbell.js';
import { numbered, single } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';

describe('the commit of a task', () => {
  const on = freshEngine(async () => ({
    open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
    erase: async () => undefined,
    stop: async () => undefined,
  }));

  /** The first commit meets this error; a sequence is not rolled back with it. */
  const failFirstCommit = async (sqlState: string) => {
    await on.sql('create sequence if not exists commits');
    await on.sql(`
      create or replace function fail_first() returns trigger language plpgsql as $$
      begin if nextval('commits') = 1 then raise exception 'injected' using errcode = '${sqlState}'; end if; return new; end $$`);
    await on.sql(
      `create or replace trigger fail_first before update on task for each row when (new.state = 'succeeded') execute function fail_first()`,
    );
  };

  it.each([
    ['57014', 'was cancelled or took too long'],
    ['25006', 'met a server that had become a stand-by'],
    ['53100', 'met a full disk'],
    ['53200', 'met a server without memory'],
    ['40P01', 'was chosen to end a deadlock'],
    ['55P03', 'could not have a lock in time'],
    ['58030', 'met an input/output error'],
  ])('costs no result when it met %s: it %s', async (sqlState) => {
    await failFirstCommit(sqlState);
    await on.work();
    const job = await on.ended(await on.ask(single, numbered(32)));
    expect(job).toMatchObject({ state: 'succeeded', succeeded: 32, failed: 0 });
    expect(Number((await on.sql('select last_value from commits'))[0]?.['last_value'])).toBeGreaterThan(1);
  });
});

describe('a task that fails for a passing reason', () => {
  const on = freshEngine(async () => ({
    open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
    erase: async () => undefined,
    stop: async () => undefined,
  }));

  /** The pauses before its retries, each of which is cut short. */
  async function pausesOf(error: EarshotError): Promise<number[]> {
    await on.work(() => Promise.reject(error));
    const id = await on.ask(single, numbered(1));
    const isOver = on.ended(id, 60_000);
    const pauses: number[] = [];
    for (let isWaiting = true; isWaiting; ) {
      const job = await Promise.race([isOver, sleep(20)]);
      const [cut] = await on.sql(
        `update task set run_after = now(), ring_at = now() from (select id, run_after - now() as pause from task where job_id = $1) t
        where task.id = t.id and state = 'queued' and retries + waits = $2 returning extract(epoch from pause)::float8 as seconds`,
        [id, pauses.length + 1],
      );
      if (cut !== undefined) pauses.push(Number(cut['seconds']));
      isWaiting = job === undefined;
    }
    expect(await isOver).toMatchObject({ state: 'failed', error: { code: error.code } });
    return pauses;
  }
  const sum = (pauses: number[]) => pauses.reduce((total, seconds) => total + seconds);

  it('has a blob store that is away for a minute cost nothing, and goes on soon after it is back', async () => {
    const pauses = await pausesOf(new EarshotError('STORAGE_UNAVAILABLE', 'away'));
    expect(pauses).toHaveLength(25);
    expect(sum(pauses)).toBeGreaterThan(90);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(12);
  }, 90_000);

  it('has what is away waited for, too, where another of its items has been tried often enough', async () => {
    const id = await on.ask(single, numbered(2));
    await on.sql('update task set retries = 5 where job_id = $1', [id]);
    let isAway = true;
    await on.work(async ({ item }) => {
      await item(0, () => Promise.reject(new EarshotError('BACKEND_UNAVAILABLE', 'never there')));
      await item(1, () => (isAway ? Promise.reject(new EarshotError('STORAGE_UNAVAILABLE', 'away')) : Promise.resolve({ name: 'there' })));
      isAway = false;
    });
    expect(await on.ended(id)).toMatchObject({ state: 'succeeded', succeeded: 1, failed: 1 });
  });

  it('is tried five times within minutes where it may be to blame itself', async () => {
    const pauses = await pausesOf(new EarshotError('SANDBOX_CRASHED', 'killed'));
    expect(pauses).toHaveLength(5);
    expect(sum(pauses)).toBeGreaterThan(60);
  });
});
