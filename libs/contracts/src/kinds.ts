import type { Kind } from './kind.js';
import { checkDatasetJob } from './kinds/check-dataset.js';
import { describeJob } from './kinds/describe.js';
import { evaluateJob } from './kinds/evaluate.js';
import { explainSoundsJob } from './kinds/explain-sounds.js';
import { featuresJob } from './kinds/features.js';
import { findAnomaliesJob } from './kinds/find-anomalies.js';
import { importModelJob } from './kinds/import-model.js';
import { libraryMapJob } from './kinds/library-map.js';
import { predictJob } from './kinds/predict.js';
import { rebuildIndexJob } from './kinds/rebuild-index.js';
import { searchSamplesJob } from './kinds/search-samples.js';
import { trainJob } from './kinds/train.js';
import { checkedTasks } from './queue-services.js';

/** Every kind of work there is. A new one is a line here. */
export const kinds: readonly Kind[] = [
  describeJob,
  featuresJob,
  predictJob,
  trainJob,
  evaluateJob,
  checkDatasetJob,
  importModelJob,
  explainSoundsJob,
  libraryMapJob,
  findAnomaliesJob,
  searchSamplesJob,
  rebuildIndexJob,
];

/** Every task of every kind, once. */
export const tasks = checkedTasks([
  ...new Set(kinds.flatMap(({ stages }) => stages.flatMap(({ parts }) => parts.map(({ task }) => task)))),
]);
