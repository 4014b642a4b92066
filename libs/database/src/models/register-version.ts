import type { EffectInput, registerModel } from '@earshot/contracts';
import type pg from 'pg';
import type { Database, Statement } from '../database.js';
import { lockClassifier } from './lock-classifier.js';

/** A version to be made; its artifact's bytes are stored already. `jobId` is of the run that made it. */
export type NewModelVersion = EffectInput<typeof registerModel> & { jobId: string | null };

interface Registered {
  number: number;
}

/**
 * Makes the version, and its classifier where there is none yet, within a transaction; returns the number it was given. With `unlessThere`
 * nothing is made, and null returned, when the classifier has a version of the same artifact.
 */
export async function registerVersion(
  database: Database,
  client: pg.ClientBase,
  workspaceId: string,
  model: NewModelVersion,
  { unlessThere = false } = {},
): Promise<Registered | null> {
  await database.run(makeClassifierStatement, [workspaceId, model.classifier], client);
  await lockClassifier(database, client, workspaceId, model.classifier);
  const isThere = async () =>
    (await database.run(sameArtifactStatement, [workspaceId, model.classifier, model.artifact.sha256], client)).length > 0;
  if (unlessThere && (await isThere())) return null;
  const [registered] = await database.run<Registered>(registerStatement, [workspaceId, JSON.stringify(model)], client);
  if (registered === undefined) throw new Error(`${model.classifier} was locked, and gave no number`);
  return registered;
}

const makeClassifierStatement: Statement = {
  name: 'make-classifier',
  text: 'insert into classifier (workspace_id, name) values ($1, $2) on conflict do nothing',
};

const sameArtifactStatement: Statement = {
  name: 'same-artifact',
  text: 'select id from model_version where workspace_id = $1 and classifier = $2 and artifact_sha256 = $3 limit 1',
};

// The members of the document are named as the contract names them.
const registerStatement: Statement = {
  name: 'register-model-version',
  text: `
with model as materialized (
  select m.*, $2::jsonb as doc from jsonb_to_record($2::jsonb) as m(
    id uuid, classifier text, artifact jsonb, recipe text, "profileHash" text, "datasetVersionId" uuid, "jobId" uuid)),
numbered as (
  update classifier c set last_number = c.last_number + 1, updated_at = now()
  from model m where c.workspace_id = $1 and c.name = m.classifier
  returning c.last_number as number),
counted as (
  insert into blob as b (workspace_id, sha256, size_bytes, "references")
  select $1, artifact->>'sha256', (artifact->>'sizeBytes')::bigint, 1 from model
  on conflict (workspace_id, sha256) do update set "references" = b."references" + 1, unreferenced_at = null)
insert into model_version (
  id, workspace_id, classifier, number, artifact_sha256, artifact_bytes, recipe, profile, profile_hash, labels, dataset_version_id, job_id,
  provenance, metrics, card, decision)
select m.id, $1, m.classifier, n.number, m.artifact->>'sha256', (m.artifact->>'sizeBytes')::bigint, m.recipe, m.doc->'profile',
  m."profileHash", array(select jsonb_array_elements_text(m.doc->'labels')), m."datasetVersionId", m."jobId",
  m.doc->'provenance', m.doc->'metrics', m.doc->'card', m.doc->'decision'
from model m cross join numbered n
returning number`,
};
