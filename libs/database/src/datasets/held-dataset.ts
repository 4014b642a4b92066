import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database } from '../database.js';
import { sql } from '../sql.js';

/** A dataset that nobody else changes or freezes until the transaction ends. */
export interface HeldDataset {
  id: string;
  name: string;
  revision: number;
}

export interface Expected {
  /** The revision that the change is meant for; with any other it is PRECONDITION_FAILED. By default it does not matter. */
  revision?: number;
}

interface Which {
  workspaceId: string;
  name: string;
  /** The one that is expected, if any. */
  revision: number | undefined;
}

export async function holdDataset(database: Database, client: pg.ClientBase, { workspaceId, name, revision }: Which): Promise<HeldDataset> {
  const held = await tryHoldDataset(database, client, workspaceId, name);
  if (held === null) throw new EarshotError('DATASET_NOT_FOUND', `There is no dataset ${name}`);
  if (revision !== undefined && revision !== held.revision)
    throw new EarshotError(
      'PRECONDITION_FAILED',
      `The dataset ${name} has been changed: its revision is ${held.revision}, not ${revision}`,
    );
  return held;
}

/** The same, or null where there is none of that name. */
export async function tryHoldDataset(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  name: string,
): Promise<HeldDataset | null> {
  const [held] = await database.run<HeldDataset>(lockDatasetStatement, [workspaceId, name], client);
  return held ?? null;
}

/** Counts a change. */
export async function touchDataset(database: Database, client: pg.ClientBase, id: string): Promise<void> {
  await database.run(touchDatasetStatement, [id], client);
}

const lockDatasetStatement = sql('lock-dataset');
const touchDatasetStatement = sql('touch-dataset');
