import { EarshotError } from '@earshot/contracts';
import type { Scorer } from '@earshot/learning';

/** Probabilities, rows × labels, of rows that have the shape that the model takes. */
export function score(scorer: Scorer, rows: readonly Float32Array[]): Float32Array {
  const { shape } = scorer;
  if (shape !== null) {
    const length = shape.reduce((product, n) => product * n, 1);
    const other = rows.find((row) => row.length !== length);
    if (other !== undefined)
      throw new EarshotError(
        'MODEL_INVALID',
        `The model takes ${length} numbers (${shape.join(' × ')}), its profile makes ${other.length}`,
      );
  }
  return scorer.score(rows);
}
