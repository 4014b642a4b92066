import type { FaultPlan } from './faults.js';

export interface ChaosSizes {
  uploads: number;
  /** Items of the staged drill: so many tasks has each of its three stages. */
  drillItems: number;
  /** How long an item of it takes: long enough that the job is there through most of the faults. */
  drillItemMs: { leastMs: number; mostMs: number };
  drillPlaces: number;
  poisonAlone: number;
  poisonInChunks: number;
  cancels: number;
  extractors: number;
  drillWorkers: number;
  faults: FaultPlan;
}

/** Calm begins with the last fault's end; then this much time is left to finish everything. */
export const calmLimitMs = 60_000;

export const fullSizes: ChaosSizes = {
  uploads: 2_000,
  drillItems: 500,
  drillItemMs: { leastMs: 20, mostMs: 380 },
  drillPlaces: 8,
  poisonAlone: 6,
  poisonInChunks: 4,
  cancels: 8,
  extractors: 3,
  drillWorkers: 3,
  faults: { overMs: 80_000, killWorkerEveryMs: 2_000, stopMs: 14_000 },
};

export const quickSizes: ChaosSizes = {
  uploads: 200,
  drillItems: 50,
  drillItemMs: { leastMs: 200, mostMs: 1_000 },
  drillPlaces: 3,
  poisonAlone: 0,
  poisonInChunks: 1,
  cancels: 2,
  extractors: 2,
  drillWorkers: 2,
  faults: { overMs: 24_000, killWorkerEveryMs: 2_000, stopMs: 13_000 },
};
