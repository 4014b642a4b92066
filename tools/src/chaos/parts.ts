import { crashPostgres } from './faults/crash-postgres.js';
import { eraseRedis } from './faults/erase-redis.js';
import { freezeBackend } from './faults/freeze-backend.js';
import { killFits } from './faults/kill-fits.js';
import { killGateways } from './faults/kill-gateways.js';
import { killIndexers } from './faults/kill-indexers.js';
import { killWorkers } from './faults/kill-workers.js';
import { loseChroma } from './faults/lose-chroma.js';
import { rollingRestart } from './faults/rolling-restart.js';
import { sqlErrors } from './faults/sql-errors.js';
import { stopIndexer } from './faults/stop-indexer.js';
import { stopWorker } from './faults/stop-worker.js';
import { cancels } from './load/cancels.js';
import { deletes } from './load/deletes.js';
import { deadlines, poisoned, staged, updates } from './load/drills.js';
import { library } from './load/library.js';
import { longJobs } from './load/long-jobs.js';
import { features, files, lines } from './load/many-clips.js';
import { searches } from './load/searches.js';
import { stageEdges } from './load/stage-edges.js';
import { uploads } from './load/uploads.js';
import type { Part } from './run.js';

/** Poison comes first: until it is given up, four workers have died of each, and a lease has run out each time. */
export const parts: readonly Part[] = [
  poisoned,
  staged,
  uploads,
  files,
  lines,
  features,
  deletes,
  library,
  searches,
  cancels,
  stageEdges,
  updates,
  longJobs,
  deadlines,
  killWorkers,
  killFits,
  killGateways,
  killIndexers,
  eraseRedis,
  loseChroma,
  crashPostgres,
  stopWorker,
  stopIndexer,
  freezeBackend,
  sqlErrors,
  rollingRestart,
];

/** By name; `-name` leaves one out of all. */
export function partsNamed(names: readonly string[]): Part[] {
  const unknown = names.find((name) => !parts.some((part) => part.name === name.replace(/^-/, '')));
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}; there are ${parts.map(({ name }) => name).join(', ')}`);
  const wanted = names.filter((name) => !name.startsWith('-'));
  return parts.filter(({ name }) => !names.includes(`-${name}`) && (wanted.length === 0 || wanted.includes(name)));
}
