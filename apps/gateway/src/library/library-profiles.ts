import { columnNames, electro45, sound97 } from '@earshot/features';

/** The profiles of the embedders, whose vectors are computed of every sample. */
export const libraryProfiles = [sound97.id, electro45.id];

/** How many numbers a vector of that embedder has; null of one that is not known here. */
export function dimensionsOf(embedder: string): number | null {
  const profile = [sound97, electro45].find(({ id }) => id === embedder);
  return profile === undefined ? null : columnNames(profile).length;
}
