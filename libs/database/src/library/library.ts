import type pg from 'pg';
import { v7 as uuid } from 'uuid';
import type { Database } from '../database.js';
import { type HeldDataset, tryHoldDataset } from '../datasets/held-dataset.js';
import { firstId } from '../first-id.js';
import { sql } from '../sql.js';

/** The dataset whose entries are the samples of a workspace. Its row is what all hold who change samples, or make an index of them. */
export const libraryName = 'library';

/** The library, made if it is not there, held until the transaction ends. */
export async function holdLibrary(database: Database, client: pg.ClientBase, workspaceId: string): Promise<HeldDataset> {
  for (;;) {
    const held = await tryHoldDataset(database, client, workspaceId, libraryName);
    if (held !== null) return held;
    await database.run(ensureStatement, [uuid(), workspaceId, libraryName], client);
  }
}

/**
 * The one place at which samples and index versions learn what has become of entries of the library. Its dataset is held since an earlier
 * statement: an index version is made under the same lock, so that it either has these changes from the beginning or is told of them here.
 */
export async function followLibrary(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  clipIds: readonly string[],
): Promise<void> {
  if (clipIds.length > 0) await database.run(followStatement, [workspaceId, libraryName, clipIds, firstId, null], client);
}

/** The same of one page of the library, where it differs. Returns its last clip; undefined: there was none after `after`. */
export async function alignPage(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  after: string = firstId,
): Promise<string | undefined> {
  const [page] = await database.run<{ last: string }>(followStatement, [workspaceId, libraryName, null, after, clipsPerPage], client);
  return page?.last;
}

/** The same of the whole library at once: of one that was deleted. */
export async function alignLibrary(database: Database, client: pg.ClientBase, workspaceId: string): Promise<void> {
  for (let after: string | undefined = firstId; after !== undefined; ) after = await alignPage(database, client, workspaceId, after);
}

/** While they are looked at nobody changes the library. */
const clipsPerPage = 5_000;

const ensureStatement = sql('ensure-library');
const followStatement = sql('follow-library');
