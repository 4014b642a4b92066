import type { Database } from '../database.js';
import { type Workspace, Workspaces } from '../workspace.js';
import { CheckedDatabase } from './checked-database.js';
import { guardTransitions } from './guard-transitions.js';
import { startTestPostgres, type TestPostgres } from './postgres.js';

/** What the running test has. */
export interface FreshDatabase {
  readonly database: Database;
  readonly workspace: Workspace;
}

/**
 * For a `describe`: one PostgreSQL server, and for each test an empty database with a workspace in it. It refuses changes of states that are
 * no transitions, unless the spec fills its tables by hand.
 */
export function freshDatabase({ isFilledByHand = false } = {}): FreshDatabase {
  let postgres: TestPostgres;
  let url: string | undefined;
  let database: Database;
  let workspace: Workspace;
  beforeAll(async () => {
    postgres = await startTestPostgres();
  }, 60_000);
  afterAll(() => postgres.stop());
  beforeEach(async () => {
    const isNew = url === undefined;
    url ??= await postgres.createDatabase();
    if (!isNew) await postgres.emptyDatabase(url);
    database = new CheckedDatabase({ url, applicationName: 'database-spec' });
    if (isNew && !isFilledByHand) await guardTransitions(database);
    workspace = await new Workspaces(database).named('default');
  });
  afterEach(() => database.close());
  return {
    get database() {
      return database;
    },
    get workspace() {
      return workspace;
    },
  };
}
