import { EarshotError } from '@earshot/contracts';
import type pg from 'pg';
import type { Database, Statement } from '../database.js';

/** A classifier as whoever changes something of it finds it, until the transaction ends. */
export interface LockedClassifier {
  revision: number;
}

/**
 * Whoever registers or removes a version, or points an alias at one, holds the classifier's row: so numbers are given once, and no alias
 * comes to point at what is being removed. What follows is read by further statements: this one has the snapshot from before it waited.
 */
export async function lockClassifier(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  name: string,
): Promise<LockedClassifier> {
  const [row] = await database.run<LockedClassifier>(lockStatement, [workspaceId, name], client);
  if (row === undefined) throw new EarshotError('CLASSIFIER_NOT_FOUND', `There is no classifier ${name}`);
  return row;
}

const lockStatement: Statement = {
  name: 'lock-classifier',
  text: 'select revision from classifier where workspace_id = $1 and name = $2 for update',
};

/** Of a version that is to be pointed at, or removed, by whoever holds its classifier. Throws MODEL_VERSION_NOT_FOUND. */
export async function versionId(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  { classifier, number }: { classifier: string; number: number },
): Promise<string> {
  const [version] = await database.run<{ id: string }>(versionStatement, [workspaceId, classifier, number], client);
  if (version === undefined) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `${classifier} has no version ${number}`);
  return version.id;
}

const versionStatement: Statement = {
  name: 'model-version-id',
  text: 'select id from model_version where workspace_id = $1 and classifier = $2 and number = $3',
};
