import { embedders, findEmbedder } from '@earshot/learning';

/** The profiles of the embedders, whose vectors are computed of every sample. */
export const libraryProfiles = embedders.map(({ profile }) => profile);

/** How many numbers a vector of that embedder has; null of one that is not known here. */
export function dimensionsOf(embedder: string): number | null {
  return findEmbedder(embedder)?.dimensions ?? null;
}
