import { Database, hot } from '../database.js';
import { freshDatabase } from '../testing/fresh-database.js';
import { sampleAbility, sampleJob, samplePart } from '../testing/sample.js';
import { Workspaces } from '../workspace.js';
import { Claimer } from './claim.js';
import { Committer } from './commit.js';
import { Leases } from './lease.js';

describe('what is written often', () => {
  const fresh = freshDatabase();
  let database: Database;
  beforeEach(() => {
    database = new Database({ ...fresh.database.options, poolSize: 1 }); // one connection, whose counts can be asked to be told
  });
  afterEach(() => database.close());

  async function updates(table: 'task' | 'item'): Promise<{ all: number; inPlace: number }> {
    await database.run(hot({ name: 'flush', text: 'select pg_stat_force_next_flush()' }), []);
    const text = `select n_tup_upd::int as all, n_tup_hot_upd::int as "inPlace" from pg_stat_user_tables where relname = $1`;
    const [row] = await database.run<{ all: number; inPlace: number }>(hot({ name: 'updates', text }), [table]);
    return row ?? { all: 0, inPlace: 0 };
  }

  it('is written in place, and to no index: heartbeats, and items that succeed', async () => {
    const workspace = await new Workspaces(fresh.database).named('default');
    await workspace.jobs.createOverClips(
      sampleJob({ stages: [{ name: 'only', parts: [samplePart({ itemsPerTask: 4 })] }] }),
      Array.from({ length: 32 }, () => ({ clipId: null, customId: null })),
    );
    const tasks = await new Claimer(database, 'spec', sampleAbility).claimNext(['extract'], 32);
    const claimed = await updates('task');
    const leases = new Leases(database);
    for (let beat = 0; beat < 3; beat++) await leases.extend('spec', tasks);
    const beaten = await updates('task');
    expect(beaten.all - claimed.all).toBe(24);
    expect(beaten.inPlace - claimed.inPlace).toBe(24);
    const committer = new Committer(database);
    for (const task of tasks) await committer.submit({ ...task, items: task.items.map(({ index }) => ({ index, result: {} })) });
    const items = await updates('item');
    expect(items).toEqual({ all: 32, inPlace: 32 }); // so few that old and new rows fit into one page, whoever keeps it from being tidied
  });
});
