import { EarshotError } from '@earshot/contracts';
import { indexOfGreatest } from '../measures/calibration.js';
import type { Desk } from './crew.js';
import type { NetworkParts } from './network-parts.js';
import { type NetworkPlan, sizeOf } from './plan.js';
import { preparationOf } from './preparation-table.js';

/** Mean cross-entropy, accuracy and probabilities of the validation part, by what the weights are now; a desk full of rows at a time. */
export async function validate(
  { validation, network }: NetworkParts,
  plan: NetworkPlan,
  desk: Desk,
  predict: (rows: number) => Promise<void>,
) {
  const prepare = preparationOf(network.preparation);
  const size = sizeOf(plan.input);
  const atOnce = Math.floor(desk.rows.length / size);
  const probabilities = new Float32Array(validation.rows * plan.labels);
  let [loss, hits] = [0, 0];
  for (let first = 0; first < validation.rows; first += atOnce) {
    const count = Math.min(atOnce, validation.rows - first);
    for (let i = 0; i < count; i++) {
      const prepared = prepare(validation.row(first + i), validation.shape, null);
      if (prepared.length !== size) {
        throw new EarshotError(
          'TRAINING_DATA_UNFIT',
          `validation row ${first + i} gives ${prepared.length} values, the network takes ${size}`,
        );
      }
      desk.rows.set(prepared, i * size);
    }
    await predict(count);
    probabilities.set(desk.probabilities.subarray(0, count * plan.labels), first * plan.labels);
    for (let i = 0; i < count; i++) {
      const p = desk.probabilities.subarray(i * plan.labels, (i + 1) * plan.labels);
      const label = validation.labels[first + i]!;
      loss -= Math.log(Math.max(p[label]!, 1e-30));
      if (indexOfGreatest(p) === label) hits++; // as training and evaluation count
    }
  }
  return { loss: loss / validation.rows, accuracy: hits / validation.rows, probabilities };
}
