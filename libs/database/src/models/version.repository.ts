import { classifierScope, type Decision, decision, EarshotError, type ModelFacts, modelFacts, productionAlias } from '@earshot/contracts';
import type { Database, Statement } from '../database.js';
import type { ModelVersion as Row } from '../generated/client.js';
import { lockClassifier, versionId } from './lock-classifier.js';
import { moveAliasStatement } from './move-alias.js';
import { type NewModelVersion, registerVersion } from './register-version.js';

export interface ModelVersionRow extends ModelFacts {
  id: string;
  classifier: string;
  number: number;
  artifact: { sha256: string; sizeBytes: number };
  datasetVersionId: string | null;
  /** The run that made it; null of one that was imported or came with Earshot. */
  jobId: string | null;
  /** Counts the changes of its decision. */
  decisionRevision: number;
  createdAt: Date;
}

/** The model versions of one workspace: never changed, but for how they decide. */
export class ModelVersionRepository {
  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {}

  /** Newest first, those with numbers below `before`. */
  async page(classifier: string, before: number | null, limit: number): Promise<ModelVersionRow[]> {
    const rows = await this.database.prisma.modelVersion.findMany({
      where: { workspaceId: this.workspaceId, classifier, ...(before === null ? {} : { number: { lt: before } }) },
      orderBy: { number: 'desc' },
      take: limit,
    });
    return rows.map(modelVersionOf);
  }

  /** Throws MODEL_VERSION_NOT_FOUND. */
  async get(classifier: string, number: number): Promise<ModelVersionRow> {
    const row = await this.database.prisma.modelVersion.findFirst({ where: { workspaceId: this.workspaceId, classifier, number } });
    if (row === null) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `${classifier} has no version ${number}`);
    return modelVersionOf(row);
  }

  async find(id: string): Promise<ModelVersionRow | null> {
    const row = await this.database.prisma.modelVersion.findFirst({ where: { workspaceId: this.workspaceId, id } });
    return row && modelVersionOf(row);
  }

  /** Throws MODEL_VERSION_NOT_FOUND. */
  async withId(id: string): Promise<ModelVersionRow> {
    const row = await this.find(id);
    if (row === null) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `There is no model version ${id}`);
    return row;
  }

  /** Makes a version outside of a run, and returns it. The artifact's bytes are stored before. */
  async register(model: Omit<NewModelVersion, 'jobId'>): Promise<ModelVersionRow> {
    await this.database.transaction((client) => registerVersion(this.database, client, this.workspaceId, { ...model, jobId: null }));
    return this.withId(model.id);
  }

  /** Whether the classifier has a version of that artifact. */
  async has(classifier: string, artifactSha256: string): Promise<boolean> {
    return (await this.database.prisma.modelVersion.count({ where: { workspaceId: this.workspaceId, classifier, artifactSha256 } })) > 0;
  }

  /**
   * Makes a version unless the classifier has one of the same artifact: then null is returned. `production` is made to point at the first
   * version of a new classifier; wherever else it points, or has been taken away, is somebody's will.
   */
  async registerOnce(model: Omit<NewModelVersion, 'jobId'>): Promise<ModelVersionRow | null> {
    const made = await this.database.transaction(async (client) => {
      const registered = await registerVersion(this.database, client, this.workspaceId, { ...model, jobId: null }, { unlessThere: true });
      const move = [this.workspaceId, classifierScope(model.classifier), productionAlias, model.id, 0];
      if (registered?.number === 1) await this.database.run(moveAliasStatement, move, client);
      return registered;
    });
    return made !== null ? this.withId(model.id) : null;
  }

  /** Says anew how a version decides. Throws PRECONDITION_FAILED when that was changed since the revision that is expected. */
  async decide(classifier: string, number: number, decided: Decision, expectedRevision: number | null): Promise<ModelVersionRow> {
    const { labels } = await this.get(classifier, number);
    const unknown = Object.keys(decided.thresholds).filter((label) => !labels.includes(label));
    if (unknown.length > 0) {
      throw new EarshotError('REQUEST_INVALID', `The version has no label ${unknown.join(', ')}`, {
        faults: unknown
          .slice(0, 100)
          .map((label) => ({ pointer: `#/thresholds/${label.slice(0, 100)}`, detail: 'is no label of the version' })),
      });
    }
    const values = [this.workspaceId, classifier, number, JSON.stringify(decided), expectedRevision];
    const changed = await this.database.run(decideStatement, values);
    const row = await this.get(classifier, number);
    if (changed.length === 0)
      throw new EarshotError('PRECONDITION_FAILED', `The decision is at revision ${row.decisionRevision}, not ${expectedRevision}`);
    return row;
  }

  /** Removes a version for good, and gives back its reference to the artifact. Throws MODEL_IN_USE while an alias points at it. */
  async remove(classifier: string, number: number): Promise<void> {
    await this.database.transaction(async (client) => {
      await lockClassifier(this.database, client, this.workspaceId, classifier);
      const id = await versionId(this.database, client, this.workspaceId, { classifier, number });
      const aliases = await this.database.run<{ name: string }>(
        pointingStatement,
        [this.workspaceId, classifierScope(classifier), id],
        client,
      );
      if (aliases.length > 0) {
        const names = aliases.map(({ name }) => name).join(', ');
        throw new EarshotError('MODEL_IN_USE', `${names} of ${classifier} points at version ${number}; move or remove the alias first`);
      }
      await this.database.run(removeStatement, [this.workspaceId, id], client);
    });
  }
}

/** Rows are ours: what is in them was checked when it was written. A decision may be of a version that knew fewer members. */
function modelVersionOf({ artifactSha256: sha256, artifactBytes, workspaceId: _, ...row }: Row): ModelVersionRow {
  return {
    ...row,
    profile: modelFacts.shape.profile.parse(row.profile),
    provenance: Object(row.provenance),
    metrics: Object(row.metrics),
    card: Object(row.card),
    decision: decision.parse(row.decision),
    artifact: { sha256, sizeBytes: Number(artifactBytes) },
  };
}

const decideStatement: Statement = {
  name: 'decide-model-version',
  text: `
update model_version set decision = $4::jsonb, decision_revision = decision_revision + 1
where workspace_id = $1 and classifier = $2 and number = $3 and ($5::int is null or decision_revision = $5) returning id`,
};

const pointingStatement: Statement = {
  name: 'aliases-pointing-at',
  text: 'select name from alias where workspace_id = $1 and scope = $2 and target = $3 order by name',
};

const removeStatement: Statement = {
  name: 'remove-model-version',
  text: `
with removed as (delete from model_version where workspace_id = $1 and id = $2::uuid returning artifact_sha256 as sha256)
update blob b set "references" = b."references" - 1, unreferenced_at = case when b."references" = 1 then now() end
from removed r where b.workspace_id = $1 and b.sha256 = r.sha256`,
};
