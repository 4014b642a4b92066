import type { FaultPlan } from './faults.js';

export interface ChaosSizes {
  uploads: number;
  /** Items of the staged drill: so many tasks has each of its three stages. */
  drillItems: number;
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
  poisonAlone: 1,
  poisonInChunks: 1,
  cancels: 2,
  extractors: 2,
  drillWorkers: 2,
  faults: { overMs: 24_000, killWorkerEveryMs: 2_000, stopMs: 13_000 },
};
