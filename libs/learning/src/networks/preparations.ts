// How a stored row (features, [rows, frames] or a vector) becomes what a network reads ([frames, rows]). A model names its preparation, so
// that it is the same when it trains and when it serves.
import { EarshotError } from '@earshot/contracts';

/** Of a row that is to be varied: the variation is a function of nothing else. */
export interface Occasion {
  seed: number;
  epoch: number;
  row: number;
}

/** Gives the values of the network's input; varied for the occasion while it trains, as it is (`null`) for validation and in service. */
export type Prepare = (row: Float32Array, shape: readonly number[], occasion: Occasion | null) => Float32Array;

/** [rows, frames] to [frames, rows]. */
export function transposed(row: Float32Array, rows: number): Float32Array {
  const frames = row.length / rows;
  if (!Number.isInteger(frames)) throw new EarshotError('TRAINING_DATA_UNFIT', `${row.length} values are no matrix of ${rows} rows`);
  const out = new Float32Array(row.length);
  for (let r = 0, i = 0; r < rows; r++) for (let t = 0; t < frames; t++, i++) out[t * rows + r] = row[i]!;
  return out;
}
