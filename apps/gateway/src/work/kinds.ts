import { kinds as allKinds, EarshotError, type Kind } from '@earshot/contracts';
import { checkDatasetRules } from '../datasets/check-dataset.rules.js';
import { featuresRules } from '../features/features.rules.js';
import { findAnomaliesRules } from '../library/find-anomalies.rules.js';
import { libraryMapRules } from '../library/library-map.rules.js';
import { rebuildIndexRules } from '../library/rebuild-index.rules.js';
import { searchSamplesRules } from '../library/search-samples.rules.js';
import { predictRules } from '../predictions/predict.rules.js';
import { evaluateRules } from '../runs/evaluate.rules.js';
import { trainRules } from '../runs/train.rules.js';
import { explainSoundsRules } from '../sounds/explain-sounds.rules.js';
import type { KindRules, NewJobParts, Resolved } from './kind-rules.js';

/** Rules of kinds whose contract cannot say everything. */
const allRules: readonly KindRules[] = [
  featuresRules,
  predictRules,
  trainRules,
  evaluateRules,
  checkDatasetRules,
  explainSoundsRules,
  libraryMapRules,
  findAnomaliesRules,
  searchSamplesRules,
  rebuildIndexRules,
];

/** The kinds of work that this gateway takes. */
export class Kinds {
  constructor(
    readonly all: readonly Kind[] = allKinds,
    private readonly rules: readonly KindRules[] = allRules,
  ) {}

  get(name: string): Kind {
    const kind = this.all.find((one) => one.kind === name);
    if (kind === undefined) throw new EarshotError('INTERNAL', `A job is of the kind ${name}, which this gateway does not know`);
    return kind;
  }

  rulesOf({ kind }: Kind): KindRules | undefined {
    return this.rules.find((rules) => rules.kind.kind === kind);
  }

  /** What the rows of a job say of that input. */
  async resolve(kind: Kind, input: object, job: NewJobParts): Promise<Resolved> {
    return (await this.rulesOf(kind)?.resolve?.(input, job)) ?? { input };
  }
}
