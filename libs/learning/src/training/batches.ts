import { Random } from '../random.js';

/** How many batches an epoch has. A last batch of a single row joins the one before: nothing can be normalised over one row. */
export function batchCount(rows: number, batch: number): number {
  return Math.max(1, Math.ceil((rows - 1) / batch));
}

/** The rows of one batch. */
export function batchRows(order: Int32Array, batch: number, index: number): Int32Array {
  const isLast = index === batchCount(order.length, batch) - 1;
  return order.subarray(index * batch, isLast ? order.length : (index + 1) * batch);
}

/** The order of all rows in an epoch, by seed and epoch alone. */
export function epochOrder(rows: number, seed: number, epoch: number): Int32Array {
  return new Random(seed, 'order', epoch).permutation(rows);
}
