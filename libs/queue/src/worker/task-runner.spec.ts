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

  it('has a blob store that is away for a minute cost nothing: together its pauses are longer', async () => {
    const secondsUntil: number[] = [];
    await on.work(async () => {
      throw new EarshotError('STORAGE_UNAVAILABLE', 'away');
    });
    const id = await on.ask(single, numbered(1));
    for (let retries = 1; retries <= 5; retries++) {
      let waiting: Record<string, unknown> | undefined;
      for (const deadline = Date.now() + 10_000; waiting === undefined && Date.now() < deadline; await sleep(20))
        [waiting] = await on.sql(
          `update task set run_after = now(), ring_at = now() from (select id, run_after - now() as pause from task where job_id = $1) t
          where task.id = t.id and state = 'queued' and retries = $2 returning extract(epoch from pause)::float8 as seconds`,
          [id, retries],
        );
      secondsUntil.push(Number(waiting?.['seconds']));
    }
    expect(await on.ended(id)).toMatchObject({ state: 'failed', error: { code: 'STORAGE_UNAVAILABLE' } });
    expect(secondsUntil.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(60);
  });
});
