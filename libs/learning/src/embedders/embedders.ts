import { electro45Embedder } from './electro-45.js';
import type { Embedder } from './embedder.js';
import { sound97Embedder } from './sound-97.js';

/** All there are; the first one is the default of new libraries. */
export const embedders: readonly Embedder[] = [sound97Embedder, electro45Embedder];

export function findEmbedder(name: string): Embedder | null {
  return embedders.find((embedder) => embedder.name === name) ?? null;
}
