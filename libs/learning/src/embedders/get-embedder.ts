import { EarshotError } from '@earshot/contracts';
import type { Embedder } from './embedder.js';
import { embedders, findEmbedder } from './embedders.js';

/** The embedder of that name; EMBEDDER_NOT_FOUND says which there are. */
export function getEmbedder(name: string): Embedder {
  const embedder = findEmbedder(name);
  if (embedder !== null) return embedder;
  const known = embedders.map((one) => one.name).join(', ');
  throw new EarshotError('EMBEDDER_NOT_FOUND', `There is no embedder ${name}; there are ${known}`);
}
