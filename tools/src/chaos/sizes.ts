/** How much of everything there is in a run. */
export interface ChaosSizes {
  /** How long there are faults. */
  overMs: number;
  gateways: number;
  extractors: number;
  drillWorkers: number;
  /** Beside them: of the version before, which do not know every task and option. */
  olderDrillWorkers: number;
  drillSlots: number;
  indexers: number;

  uploads: number;
  /** Of each kind: several files in one body, lines, features. */
  requestsOfManyClips: number;
  deletes: number;
  /** Longer than any request may take between storing bytes and being accepted. */
  sweepGraceSeconds: number;
  /** Items of the staged drill: so many tasks has each of its three stages. */
  drillItems: number;
  /** How long an item of it takes: long enough that the job is there through most of the faults. */
  drillItemMs: { leastMs: number; mostMs: number };
  /** That come into the library, most of them at the beginning. */
  samples: number;
  /** As often another sample is changed, and another one leaves the library. */
  libraryChanges: number;
  /** Of an index, beside the first one of each embedder. */
  rebuilds: number;
  stageEdges: number;
  updates: number;
  longJobs: number;
  /** How long each of their fits takes, without what is lost. */
  longFitMs: number;
  cancels: number;
  deadlines: number;
  poisonAlone: number;
  poisonInChunks: number;

  killWorkerEveryMs: number;
  fitKills: number;
  gatewayKills: number;
  redisErasures: number;
  /** When PostgreSQL is killed, and for how long it stays away. */
  postgresAway: readonly { atShare: number; awayMs: number }[];
  /** For how long a worker stands still: longer than its lease. */
  stopMs: number;
  frozenBackends: number;
  freezeMs: number;
  indexerKills: number;
  /** For how long an indexer stands still. */
  stopIndexerMs: number;
  chromaLosses: number;
  /** For how long each time at most; longer than a search waits. */
  chromaAwayMs: number;
  /** Of each code at each moment. */
  sqlErrorsEach: number;
  rollingRestarts: number;
}

/** Calm begins with the last fault's end; then this much time is left to finish everything on two idle processors. */
const calmLimitMs = 60_000;

/** What a machine of such a pace has. */
export function calmLimitAt(pace: number): number {
  return pace * calmLimitMs;
}

export const fullSizes: ChaosSizes = {
  overMs: 100_000,
  gateways: 2,
  extractors: 3,
  drillWorkers: 3,
  olderDrillWorkers: 1,
  drillSlots: 8,
  indexers: 2,

  uploads: 1_500,
  requestsOfManyClips: 20,
  deletes: 24,
  sweepGraceSeconds: 30,
  drillItems: 400,
  drillItemMs: { leastMs: 20, mostMs: 380 },
  samples: 120,
  libraryChanges: 40,
  rebuilds: 5,
  stageEdges: 60,
  updates: 12,
  longJobs: 6,
  longFitMs: 10_000,
  cancels: 8,
  deadlines: 4,
  poisonAlone: 4,
  poisonInChunks: 4,

  killWorkerEveryMs: 2_500,
  fitKills: 2,
  gatewayKills: 4,
  redisErasures: 2,
  postgresAway: [
    { atShare: 0.22, awayMs: 5_000 },
    { atShare: 0.42, awayMs: 5_000 },
    { atShare: 0.6, awayMs: 30_000 },
    { atShare: 0.95, awayMs: 1_500 },
  ],
  stopMs: 14_000,
  frozenBackends: 3,
  freezeMs: 8_000,
  indexerKills: 6,
  stopIndexerMs: 25_000,
  chromaLosses: 8,
  chromaAwayMs: 8_000,
  sqlErrorsEach: 3,
  rollingRestarts: 8,
};

export const quickSizes: ChaosSizes = {
  overMs: 30_000,
  gateways: 2,
  extractors: 2,
  drillWorkers: 2,
  olderDrillWorkers: 1,
  drillSlots: 3,
  indexers: 1,

  uploads: 150,
  requestsOfManyClips: 3,
  deletes: 4,
  sweepGraceSeconds: 15,
  drillItems: 40,
  drillItemMs: { leastMs: 200, mostMs: 900 },
  samples: 24,
  libraryChanges: 6,
  rebuilds: 1,
  stageEdges: 12,
  updates: 3,
  longJobs: 2,
  longFitMs: 5_000,
  cancels: 2,
  deadlines: 1,
  poisonAlone: 0,
  poisonInChunks: 1,

  killWorkerEveryMs: 3_000,
  fitKills: 1,
  gatewayKills: 1,
  redisErasures: 2,
  postgresAway: [{ atShare: 0.7, awayMs: 5_000 }],
  stopMs: 13_000,
  frozenBackends: 1,
  freezeMs: 7_000,
  indexerKills: 2,
  stopIndexerMs: 12_000,
  chromaLosses: 4,
  chromaAwayMs: 6_000,
  sqlErrorsEach: 1,
  rollingRestarts: 3,
};
