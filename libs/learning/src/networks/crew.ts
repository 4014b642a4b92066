// Who computes the micro-batches of a step: this thread, or several that take one after the other. What they read and write is shared
// memory; each micro-batch has its own place in it, so that it does not matter who computed it, or when.
import type { Moment, NetworkEngine } from './engine.js';
import { sizeOf, type TrainingPlans } from './plan.js';

/** The memory that all threads of a crew share. */
export interface Desk {
  weights: Float32Array;
  statistics: Float32Array;
  /** Of one batch, or of one chunk to predict. */
  rows: Float32Array;
  targets: Float32Array;
  probabilities: Float32Array;
  /** Of each micro-batch. */
  gradients: Float32Array[];
  batchStatistics: Float32Array[];
  /** Loss and hits of each micro-batch. */
  learned: Float64Array;
  /** The next micro-batch that nobody has taken. */
  next: Int32Array;
}

/** What is to be done with the rows on the desk. */
export interface Errand {
  kind: 'learn' | 'predict';
  rows: number;
  moment: Moment;
  /** Whether weights or statistics have changed since the last one. */
  loads: boolean;
}

export interface Crew {
  readonly desk: Desk;
  perform(errand: Errand): Promise<void>;
  close(): void;
}

/** A desk for batches of at most `rows` rows. */
export function makeDesk({ learning: plan, scoring }: TrainingPlans, rows: number, microRows: number): Desk {
  const parts = partsOf(rows, microRows);
  return {
    weights: floats(plan.weightCount),
    statistics: floats(plan.statisticCount),
    rows: floats(Math.max(rows * sizeOf(plan.input), sizeOf(scoring.input))),
    targets: floats(rows * plan.labels),
    probabilities: floats(rows * plan.labels),
    gradients: Array.from({ length: parts }, () => floats(plan.weightCount)),
    batchStatistics: Array.from({ length: parts }, () => floats(plan.statisticCount)),
    learned: new Float64Array(memory(16 * parts)),
    next: new Int32Array(memory(4)),
  };
}

/** Micro-batches of a batch: as even as can be, so that none has a single row to normalise over. */
export function partsOf(rows: number, microRows: number): number {
  return Math.ceil(rows / microRows);
}

/** Takes micro-batches until none is left. */
export function work(engine: NetworkEngine, plans: TrainingPlans, microRows: number, desk: Desk, errand: Errand): void {
  if (errand.loads) engine.load(desk.weights, desk.statistics);
  const { input, labels } = errand.kind === 'learn' ? plans.learning : plans.scoring;
  const size = sizeOf(input);
  const parts = partsOf(errand.rows, microRows);
  for (;;) {
    const part = Atomics.add(desk.next, 0, 1);
    if (part >= parts) return;
    const [first, end] = [Math.floor((part * errand.rows) / parts), Math.floor(((part + 1) * errand.rows) / parts)];
    const rows = desk.rows.subarray(first * size, end * size);
    if (errand.kind === 'predict') engine.predict(rows, desk.probabilities.subarray(first * labels, end * labels));
    else {
      const targets = desk.targets.subarray(first * labels, end * labels);
      const moment = { ...errand.moment, firstRow: first };
      const { loss, hits } = engine.learn(rows, targets, moment, desk.gradients[part]!, desk.batchStatistics[part]!);
      desk.learned[2 * part] = loss;
      desk.learned[2 * part + 1] = hits;
    }
  }
}

/** This thread alone. */
export function soloCrew(engine: NetworkEngine, plans: TrainingPlans, microRows: number, desk: Desk): Crew {
  return {
    desk,
    async perform(errand) {
      desk.next[0] = 0;
      work(engine, plans, microRows, desk, errand);
    },
    close: () => engine.close(),
  };
}

function floats(count: number): Float32Array {
  return new Float32Array(memory(4 * count));
}

function memory(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes); // browsers share only where a page is isolated
}
