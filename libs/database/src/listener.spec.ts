import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Database } from './database.js';
import { Listener } from './listener.js';
import { startTestPostgres, type TestPostgres } from './testing/postgres.js';

describe('a listener', () => {
  let postgres: TestPostgres;
  let database: Database;
  let listener: Listener;
  const errors: unknown[] = [];
  let isBack = false;
  beforeAll(async () => {
    postgres = await startTestPostgres();
    const url = await postgres.createDatabase();
    database = new Database({ url, applicationName: 'listener-spec' });
    listener = new Listener({ url, applicationName: 'spec', onError: (error) => errors.push(error), onReconnect: () => (isBack = true) });
    await listener.start();
  }, 60_000);
  afterAll(async () => {
    await listener.close();
    await database.close();
    await postgres.stop();
  });
  const ask = <Row extends object>(text: string) => database.run<Row>({ name: '', text }, []);

  it('that loses its connection as it begins to listen hears the channel once it is back', async () => {
    const [backend] = await ask<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'spec listener'`);
    if (backend === undefined) throw new Error('The listener is not connected');
    const heard: string[] = [];
    process.kill(backend.pid, 'SIGSTOP'); // it has not answered when it is told to end
    const listening = listener.listen('news', (payload) => heard.push(payload));
    await ask(`select pg_terminate_backend(${backend.pid})`);
    process.kill(backend.pid, 'SIGCONT');
    await listening;
    while (!isBack) await sleep(10);
    expect(errors).not.toEqual([]);
    await ask(`select pg_notify('news', 'first')`);
    while (heard.length === 0) await sleep(10);
    expect(heard).toEqual(['first']);
  }, 20_000);

  it('is not held up for ever by a connection that does not answer', async () => {
    const silent = new Listener({ url: database.options.url, applicationName: 'silent' });
    await silent.start();
    const [backend] = await ask<{ pid: number }>(`select pid from pg_stat_activity where application_name = 'silent listener'`);
    if (backend === undefined) throw new Error('The listener is not connected');
    process.kill(backend.pid, 'SIGSTOP');
    try {
      const heard: string[] = [];
      await silent.listen('late', (payload) => heard.push(payload));
      for (; heard.length === 0; await sleep(100)) await ask(`select pg_notify('late', 'one')`);
    } finally {
      process.kill(backend.pid, 'SIGCONT');
    }
    await silent.close();
  }, 20_000);

  describe('that comes back', () => {
    const connections = async (name: string) =>
      ask<{ pid: number }>(`select pid from pg_stat_activity where application_name = '${name} listener'`);
    let coming: Listener;
    const lost = async (name: string) => {
      coming = new Listener({ url: database.options.url, applicationName: name });
      await coming.start();
      const lose = () => ask(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = '${name} listener'`);
      return lose;
    };
    afterEach(() => coming.close());

    it('leaves no connection behind on which it may not listen', async () => {
      await lost('refused');
      await coming.listen('', () => undefined); // which Postgres refuses each time
      await sleep(2_000);
      expect((await connections('refused')).length).toBeLessThan(2);
    }, 20_000);

    it('has none any more once it was closed', async () => {
      const lose = await lost('closed');
      await lose();
      while (coming.isConnected) await setImmediate();
      await coming.close();
      await sleep(500);
      expect(await connections('closed')).toEqual([]);
      expect(coming.isConnected).toBe(false);
    }, 20_000);
  });
});
