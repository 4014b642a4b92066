import { Database, hot } from './database.js';
import { startDyingPostgres } from './testing/dying-postgres.js';
import { freshDatabase } from './testing/fresh-database.js';

const unavailable = { code: 'DATABASE_UNAVAILABLE' };

describe('the pools of a database', () => {
  const fresh = freshDatabase();
  const planner = {
    name: 'planner',
    text: `select current_setting('enable_seqscan') as scans, (select count(*)::int from pg_prepared_statements) as prepared`,
  };

  it('look up by indexes only on the hot path, with plans that are kept', async () => {
    const statement = hot(planner);
    await fresh.database.run(statement, []);
    expect(await fresh.database.run(statement, [])).toEqual([{ scans: 'off', prepared: 1 }]);
  });

  it('leave everything else to the planner, anew each time', async () => {
    await fresh.database.run(planner, []);
    expect(await fresh.database.run(planner, [])).toEqual([{ scans: 'on', prepared: 0 }]);
    expect(await fresh.database.transaction((client) => fresh.database.run(planner, [], client))).toEqual([{ scans: 'on', prepared: 0 }]);
    expect(await fresh.database.prisma.$queryRawUnsafe(planner.text)).toEqual([{ scans: 'on', prepared: 0 }]);
  });

  it('are not well while a request has had no answer for long, even when another connection answers', async () => {
    const { promise, resolve } = Promise.withResolvers<number[]>();
    const grouped = fresh.database.grouped<number, number>(() => promise);
    expect(fresh.database.oldestGroupMs).toBe(0);
    const answer = grouped.submit(1);
    await new Promise((wake) => setTimeout(wake, 50));
    await expect(fresh.database.ping({ patienceMs: 40 })).rejects.toMatchObject(unavailable);
    resolve([1]);
    await answer;
    await new Promise((wake) => setImmediate(wake));
    await fresh.database.ping({ patienceMs: 40 });
  });
});

describe('a database that is away', () => {
  const fresh = freshDatabase();

  it('is DATABASE_UNAVAILABLE whichever way it is asked', async () => {
    const away = new Database({ url: 'postgresql://earshot:none@127.0.0.1:1/none', applicationName: 'database-spec' });
    await expect(away.ping()).rejects.toMatchObject(unavailable);
    await expect(away.transaction(async () => undefined)).rejects.toMatchObject(unavailable);
    await expect(away.prisma.clip.count()).rejects.toMatchObject(unavailable);
    await away.close();
  });

  it('is DATABASE_UNAVAILABLE when it goes while it works on an answer', async () => {
    const { database } = fresh;
    const sleeps = 'select pg_sleep(20)';
    const answers = [database.run({ name: '', text: sleeps }, []), database.prisma.$queryRawUnsafe(sleeps)].map((answer) =>
      expect(answer).rejects.toMatchObject(unavailable),
    );
    const ending = `select pg_terminate_backend(pid) from pg_stat_activity where query = $1 and state = 'active' and pid <> pg_backend_pid()`;
    let isOver = false;
    const over = Promise.all(answers).finally(() => {
      isOver = true;
    });
    while (!isOver) await database.run({ name: '', text: ending }, [sleeps]);
    await over;
  });

  it.each(['57014', '25006', '53200', '55P03', '58030', '40P01', '42P01', 'XX000'])(
    'is DATABASE_UNAVAILABLE when it says %s',
    async (state) => {
      const { database } = fresh;
      const saying = `do $$ begin raise exception 'injected' using errcode = '${state}'; end $$`;
      await expect(database.run({ name: '', text: saying }, [])).rejects.toMatchObject(unavailable);
      await expect(database.prisma.$executeRawUnsafe(saying)).rejects.toMatchObject(unavailable);
    },
  );

  it('is STORAGE_FULL when its disk is, and says so to whoever asks for its space', async () => {
    const { database } = fresh;
    await database.pingSpace();
    const saying = `do $$ begin raise exception 'injected' using errcode = '53100'; end $$`;
    const full = { code: 'STORAGE_FULL' };
    await expect(database.run({ name: '', text: saying }, [])).rejects.toMatchObject(full);
    await expect(database.prisma.$executeRawUnsafe(saying)).rejects.toMatchObject(full);
    await expect(database.transaction((client) => client.query(saying))).rejects.toMatchObject(full);
    await expect(database.pingSpace()).rejects.toMatchObject(full);
    await database.pingSpace({ forMs: 0 });
    await database.ping();
  });

  it.each([
    ['22012', 'select 1 / 0', []],
    ['23505', `insert into workspace (id, name) select '00000000-0000-7000-8000-000000000001', 'twice' from generate_series(1, 2)`, []],
    ['54001', 'select $1::text::jsonb', ['['.repeat(50_000)]],
  ])('says %s when what it was sent is at fault: that stays', async (code, text, values) => {
    await expect(fresh.database.run({ name: '', text }, values)).rejects.toMatchObject({ code });
  });

  it('tries a statement that lost a race again', async () => {
    const { database } = fresh;
    await database.run({ name: '', text: 'create sequence tries' }, []);
    const losing = `do $$ begin if nextval('tries') < 3 then raise exception 'injected' using errcode = '40001'; end if; end $$`;
    await database.run({ name: '', text: losing }, []);
  });

  it('leaves other errors as they are', async () => {
    const row = { name: 'twice', id: '00000000-0000-7000-8000-000000000001' };
    await fresh.database.prisma.workspace.create({ data: row });
    await expect(fresh.database.prisma.workspace.create({ data: row })).rejects.toMatchObject({ code: 'P2002' });
  });

  it.each<[string, (database: Database) => Promise<unknown>]>([
    ['a statement', (database) => database.ping()],
    ['a transaction', (database) => database.transaction(async () => undefined)],
    ['a query of Prisma', (database) => database.prisma.workspace.count()],
  ])('costs %s, not the process, when it dies as it has accepted the connection', async (_what, ask) => {
    const dying = await startDyingPostgres();
    const database = new Database({ url: dying.url, applicationName: 'database-spec' });
    try {
      await expect(ask(database)).rejects.toMatchObject(unavailable);
    } finally {
      await database.close();
      await dying.stop();
    }
  });

  describe('that hangs', () => {
    let impatient: Database;
    beforeEach(() => {
      impatient = new Database({ ...fresh.database.options, statementLimitMs: 300, poolSize: 1 });
    });
    afterEach(() => impatient.close());

    it('ends a statement that takes too long, itself', async () => {
      await expect(impatient.run({ name: '', text: 'select pg_sleep(20)' }, [])).rejects.toMatchObject(unavailable);
      await impatient.ping();
    });

    it.each(['a statement', 'a transaction'])('loses %s and its connection, not the process', async (what) => {
      const [backend] = await impatient.run<{ pid: number }>({ name: '', text: 'select pg_backend_pid() as pid' }, []);
      process.kill(backend!.pid, 'SIGSTOP');
      try {
        const asked = what === 'a statement' ? impatient.ping() : impatient.transaction(async () => undefined);
        await expect(asked).rejects.toMatchObject(unavailable);
        await impatient.ping(); // by another connection
      } finally {
        process.kill(backend!.pid, 'SIGCONT');
      }
    });
  });
});
