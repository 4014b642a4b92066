import { Database } from './database.js';
import { freshDatabase } from './testing/fresh-database.js';

const unavailable = { code: 'DATABASE_UNAVAILABLE' };

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

  it('leaves other errors as they are', async () => {
    const row = { name: 'twice', id: '00000000-0000-7000-8000-000000000001' };
    await fresh.database.prisma.workspace.create({ data: row });
    await expect(fresh.database.prisma.workspace.create({ data: row })).rejects.toMatchObject({ code: 'P2002' });
  });
});
