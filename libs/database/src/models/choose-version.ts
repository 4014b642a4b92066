import { createHash } from 'node:crypto';
import { classifierScope, EarshotError, productionAlias } from '@earshot/contracts';
import { type Database, hot } from '../database.js';
import type { Grouped } from '../grouped.js';
import { sql } from '../sql.js';

/** What a job says of the model that it wants. */
export interface VersionWish {
  jobId: string;
  classifier: string;
  /** Where neither is named, the classifier's traffic decides. */
  alias?: string;
  version?: number;
}

export interface ChosenVersion {
  modelVersionId: string;
  classifier: string;
  version: number;
  /** By which alias it was found; null when the version was named itself. */
  alias: string | null;
}

interface Candidate {
  alias: string | null;
  id: string;
  number: number;
}

/** What is known of one wish: a row for each alias that may decide, or the one of the version that is named. */
interface Found {
  traffic: Record<string, number>;
  candidates: Candidate[];
}

/** Chooses the version of a job. Requests that come together share one look. */
export class VersionChoice {
  private readonly grouped: Grouped<VersionWish, Found | null>;

  constructor(
    private readonly database: Database,
    private readonly workspaceId: string,
  ) {
    this.grouped = database.grouped((wishes) => this.look(wishes));
  }

  /** Throws CLASSIFIER_NOT_FOUND, MODEL_VERSION_NOT_FOUND or ALIAS_NOT_FOUND. */
  async choose(wish: VersionWish): Promise<ChosenVersion> {
    const { classifier } = wish;
    const found = await this.grouped.submit(wish);
    if (found === null) throw new EarshotError('CLASSIFIER_NOT_FOUND', `There is no classifier ${classifier}`);
    const alias = wish.version === undefined ? (wish.alias ?? aliasOf(found.traffic, wish.jobId)) : null;
    const chosen = found.candidates.find((candidate) => candidate.alias === alias);
    if (chosen !== undefined) return { modelVersionId: chosen.id, classifier, version: chosen.number, alias };
    if (alias === null) throw new EarshotError('MODEL_VERSION_NOT_FOUND', `${classifier} has no version ${wish.version}`);
    throw new EarshotError('ALIAS_NOT_FOUND', `${classifier} has no alias ${alias}: promote a version to it, or name another`);
  }

  private async look(wishes: VersionWish[]): Promise<(Found | null)[]> {
    const rows = await this.database.run<Found & { n: number }>(chooseStatement, [
      this.workspaceId,
      wishes.map(({ classifier }) => classifier),
      wishes.map(({ classifier }) => classifierScope(classifier)),
      wishes.map(({ version }) => version ?? null),
    ]);
    const byWish = new Map(rows.map((row) => [row.n, row]));
    return wishes.map((_, i) => byWish.get(i + 1) ?? null);
  }
}

/** The alias that a job falls to: its id decides alone, so that whoever asks again gets the same. */
function aliasOf(traffic: Record<string, number>, jobId: string): string {
  const shares = Object.entries(traffic).toSorted(([a], [b]) => (a < b ? -1 : 1));
  let point = (createHash('sha256').update(jobId).digest().readUInt32BE() / 2 ** 32) * 100;
  for (const [alias, percent] of shares) {
    if (point < percent) return alias;
    point -= percent;
  }
  return shares.at(-1)?.[0] ?? productionAlias;
}

const chooseStatement = hot(sql('choose-version'));
