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

/**
 * The same of the whole library, where it differs: for an index version that is new, and for what a service of an earlier release did. Page
 * by page, so that no statement takes too long, however large the library is.
 */
export async function alignLibrary(database: Database, client: pg.ClientBase, workspaceId: string): Promise<void> {
  for (let after: string | undefined = firstId; after !== undefined; ) {
    const rows: { last: string }[] = await database.run(followStatement, [workspaceId, libraryName, null, after, clipsPerPage], client);
    after = rows[0]?.last;
  }
}

const clipsPerPage = 20_000;

const ensureStatement = sql('ensure-library');
const followStatement = sql('follow-library');
