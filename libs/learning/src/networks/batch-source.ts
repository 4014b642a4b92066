import { EarshotError } from '@earshot/contracts';
import { batchCount, batchRows, epochOrder } from '../training/batches.js';
import { mixOf, mixRows, type TargetTable, targetsOf, targetTable } from '../training/targets.js';
import type { Desk } from './crew.js';
import type { Batches, NetworkParts } from './network-parts.js';
import { type NetworkPlan, sizeOf } from './plan.js';
import { preparationOf } from './preparation-table.js';
import type { Prepare } from './preparations.js';

/** The batches of a training, prepared: each a function of its step, so that it may be made ahead of time, or again. */
export class BatchSource {
  readonly batches: Batches;
  private readonly table: TargetTable;
  private readonly prepare: Prepare;
  private readonly size: number;
  private made: { step: number; rows: Float32Array; targets: Float32Array } | null = null;

  constructor(
    private readonly parts: NetworkParts,
    plan: NetworkPlan,
  ) {
    this.batches = parts.batches ?? allRows(parts);
    this.table = targetTable(plan.labels, parts.labelSmoothing, parts.classWeights);
    this.prepare = preparationOf(parts.network.preparation);
    this.size = sizeOf(plan.input);
  }

  get perEpoch(): number {
    return this.batches.perEpoch;
  }

  /** Of the epoch under way: what its sums are divided by. */
  rowsOfEpoch(epoch: number): number {
    let rows = 0;
    for (let index = 0; index < this.perEpoch; index++) rows += this.batches.rows(epoch, index).length;
    return rows;
  }

  /** Lays the batch of this step on the desk, and says how many rows it has. */
  lay(step: number, desk: Desk): number {
    const { rows, targets } = this.made?.step === step ? this.made : this.make(step);
    this.made = null;
    if (rows.length > desk.rows.length) {
      throw new EarshotError('TRAINING_DATA_UNFIT', `a batch of ${rows.length / this.size} rows, and ${this.parts.batch} was said`);
    }
    desk.rows.set(rows);
    desk.targets.set(targets);
    return rows.length / this.size;
  }

  /** Makes the batch of a step that comes later. */
  ahead(step: number): void {
    this.made = this.make(step);
  }

  private make(step: number) {
    const { training, seed, mixup = 0 } = this.parts;
    const epoch = Math.floor(step / this.perEpoch);
    const indexes = this.batches.rows(epoch, step % this.perEpoch);
    const rows = new Float32Array(indexes.length * this.size);
    for (const [i, row] of indexes.entries()) {
      const prepared = this.prepare(training.row(row), training.shape, { seed, epoch, row });
      if (prepared.length !== this.size) {
        throw new EarshotError('TRAINING_DATA_UNFIT', `row ${row} gives ${prepared.length} values, the network takes ${this.size}`);
      }
      rows.set(prepared, i * this.size);
    }
    const targets = targetsOf(
      this.table,
      Array.from(indexes, (row) => training.labels[row]!),
    );
    if (mixup > 0) {
      const mix = mixOf(mixup, indexes.length, seed, step);
      mixRows(rows, mix, this.size);
      mixRows(targets, mix, this.table.classes);
    }
    return { step, rows, targets };
  }
}

function allRows({ training, batch, seed }: NetworkParts): Batches {
  let order: { epoch: number; rows: Int32Array } = { epoch: -1, rows: new Int32Array() };
  return {
    perEpoch: batchCount(training.rows, batch),
    rows(epoch, index) {
      if (order.epoch !== epoch) order = { epoch, rows: epochOrder(training.rows, seed, epoch) };
      return batchRows(order.rows, batch, index);
    },
  };
}
