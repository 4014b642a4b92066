import { checkVector, type Embedder, toUnitLength } from './embedder.js';
import { type Projection, project, readProjection } from './projection.js';
import { sound97Fit } from './sound-97-fit.js';

const name = 'sound-97@1';

/** The default: vectors of `sound-97@1` by a projection that comes with Earshot (projection.ts). Needs nothing of the collection. */
export const sound97Embedder: Embedder = {
  name,
  profile: 'sound-97@1',
  metric: 'cosine',
  dimensions: 97,
  ranksAgain: true,
  embed(vector: Float32Array): Float32Array {
    checkVector(name, vector, 97);
    return toUnitLength(project(vector, fitted().projection));
  },
};

/** What the bundled projection was made from. */
export function sound97Provenance(): Readonly<Record<string, string>> {
  return fitted().metadata;
}

let read: { projection: Projection; metadata: Readonly<Record<string, string>> } | undefined;

function fitted() {
  read ??= readProjection(Uint8Array.from(atob(sound97Fit), (char) => char.charCodeAt(0)));
  return read;
}
