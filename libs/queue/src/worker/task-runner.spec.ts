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
    await on.sql('create sequence commits');
    await on.sql(`
      create function fail_first() returns trigger language plpgsql as $$
      begin if nextval('commits') = 1 then raise exception 'injected' using errcode = '${sqlState}'; end if; return new; end $$`);
    await on.sql(
      `create trigger fail_first before update on task for each row when (new.state = 'succeeded') execute function fail_first()`,
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
