import { type Decision, decision, EarshotError, type ProfileChoice } from '@earshot/contracts';
import { type Database, hot } from '../database.js';
import type { Grouped } from '../grouped.js';
import { sql } from '../sql.js';

/** What scoring needs of a model version, with its decision as it is now. */
export interface ScoringModel {
  id: string;
  workspaceId: string;
  classifier: string;
  number: number;
  artifact: { sha256: string; sizeBytes: number };
  profile: ProfileChoice;
  profileHash: string;
  labels: string[];
  decision: Decision;
  decisionRevision: number;
}

/** Reads model versions for workers; those of tasks that begin together in one statement. */
export class ScoringModels {
  private readonly grouped: Grouped<{ workspaceId: string; id: string }, ScoringModel | null>;

  constructor(private readonly database: Database) {
    this.grouped = database.grouped((wanted) => this.read(wanted));
  }

  /** Throws MODEL_VERSION_NOT_FOUND of one that was removed. */
  async get(workspaceId: string, id: string): Promise<ScoringModel> {
    const row = await this.grouped.submit({ workspaceId, id });
    if (row === null) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `The model version ${id} was removed`);
    return { ...row, decision: decision.parse(row.decision) };
  }

  private async read(wanted: { workspaceId: string; id: string }[]): Promise<(ScoringModel | null)[]> {
    const distinct = [...new Map(wanted.map((one) => [`${one.workspaceId} ${one.id}`, one])).values()];
    const rows = await this.database.run<ScoringModel>(readStatement, [
      distinct.map(({ workspaceId }) => workspaceId),
      distinct.map(({ id }) => id),
    ]);
    const byKey = new Map(rows.map((row) => [`${row.workspaceId} ${row.id}`, row]));
    return wanted.map(({ workspaceId, id }) => byKey.get(`${workspaceId} ${id}`) ?? null);
  }
}

const readStatement = hot(sql('read-models'));
