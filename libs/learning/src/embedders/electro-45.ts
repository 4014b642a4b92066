import type { Matrix } from '../data/matrix.js';
import { StandardScaler } from '../data/standard-scaler.js';
import { checkVector, type Embedder, type Scaler, toUnitLength } from './embedder.js';

const name = 'electro-45@1';
const dimensions = 45;

/** The old sample search: vectors of `electro-45@1`, each entry standardised over the collection. */
export const electro45Embedder: Embedder = {
  name,
  profile: 'electro-45@1',
  metric: 'cosine',
  dimensions,
  ranksAgain: false,
  fit(vectors: Matrix): Scaler {
    const { mean, scale } = StandardScaler.fit(vectors);
    return { mean: [...mean], scale: [...scale] };
  },
  embed(vector: Float32Array, scaler?: Scaler): Float32Array {
    if (scaler === undefined || scaler.mean.length !== dimensions) throw new RangeError(`${name} needs the scaler of its collection`);
    checkVector(name, vector, dimensions);
    return toUnitLength(vector.map((value, i) => (value - scaler.mean[i]!) / scaler.scale[i]!));
  },
};
