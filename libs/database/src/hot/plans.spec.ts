import { Database, hot } from '../database.js';
import { startTestPostgres, type TestPostgres } from '../testing/postgres.js';
import { rowsReadSoFar } from '../testing/rows-read.js';
import { sampleAbility, sampleJob, samplePart } from '../testing/sample.js';
import { UnwrittenTasks } from '../unwritten-tasks.js';
import { type Workspace, Workspaces } from '../workspace.js';
import { Claimer } from './claim.js';
import { Committer } from './commit.js';

const taskCount = 3_000;

describe('a statement that was planned while the tables were empty', () => {
  let postgres: TestPostgres;
  let database: Database;
  let workspace: Workspace;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    database = new Database({ url: await postgres.createDatabase(), applicationName: 'plans-spec', poolSize: 1 });
    workspace = await new Workspaces(database).named('default');
  });
  afterAll(async () => {
    await database.close();
    await postgres.stop();
  });

  /** Rows that the one connection has looked at, in tables and indexes. */
  const rowsRead = () => rowsReadSoFar(database, hot);
  const create = async (count: number) => {
    const job = sampleJob({ stages: [{ name: 'only', parts: [samplePart({ itemsPerTask: 1 })] }] });
    await workspace.jobs.createOverClips(
      job,
      Array.from({ length: count }, () => ({ clipId: null, customId: null })),
    );
    await new UnwrittenTasks(database).write(['extract']);
  };
  const work = async () => {
    const claimer = new Claimer(database, 'spec', sampleAbility);
    const [next] = await claimer.claimNext(['extract'], 1);
    const [task] = await claimer.claim([next!.id + 1]);
    const committer = new Committer(database);
    for (const { id, attempt, fromIndex } of [next!, task!]) {
      expect(await committer.submit({ id, attempt, items: [{ index: fromIndex, result: {} }] })).toMatchObject({ owned: true });
    }
  };

  it('reads as few rows when there are thousands', async () => {
    await create(20);
    for (let i = 0; i < 8; i++) await work();
    await create(taskCount);
    const before = await rowsRead();
    await work();
    expect((await rowsRead()) - before).toBeLessThan(taskCount / 10);
  });

  it('reads as few when thousands of jobs wait', async () => {
    await create(20);
    await work();
    const text = `insert into job select (j).* from (
      select jsonb_populate_record(job, jsonb_build_object('id', gen_random_uuid(), 'state', 'queued')) as j
      from job cross join generate_series(1, ${taskCount}) where id = (select id from job where finished_at is null limit 1)) copies`;
    await database.run({ name: 'copies', text }, []);
    const before = await rowsRead();
    await work();
    expect((await rowsRead()) - before).toBeLessThan(taskCount / 10);
  });
});
