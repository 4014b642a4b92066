/** A neighbour of what was searched for. */
export interface Hit {
  /** To what was searched for. */
  readonly cosine: number;
  /** `crowding` of the hit, kept when its index was built. */
  readonly crowding: number;
}

/** Of so many nearest the order is looked at again. */
export const rankedAgain = 50;
/** So many neighbours of a clip make its crowding. */
export const crowdingNeighbours = 15;
/** From here on two clips are copies of the same. */
export const copyCosine = 0.98;

/** How near a clip lies to its nearest neighbours: the mean of their cosines, 0 where it has none. */
export function crowding(cosines: readonly number[]): number {
  return cosines.length === 0 ? 0 : cosines.reduce((sum, cosine) => sum + cosine, 0) / cosines.length;
}

/**
 * The hits in a better order: by 2·cosine − crowding, the greatest first.
 *
 * In many dimensions a few clips lie near to everything and turn up in every answer; who lies near to many has to be nearer than others.
 * Reference: cross-domain similarity local scaling (Conneau and others, Word translation without parallel data), with the query's own
 * crowding left out, which is the same for all hits.
 */
export function rankAgain<H extends Hit>(hits: readonly H[]): H[] {
  const score = ({ cosine, crowding }: Hit) => 2 * cosine - crowding;
  return hits.toSorted((a, b) => score(b) - score(a));
}

/** Takes the copies of what was searched for out of the hits; both keep their order. */
export function foldCopies<H extends Pick<Hit, 'cosine'>>(hits: readonly H[]): { hits: H[]; copies: H[] } {
  return { hits: hits.filter(({ cosine }) => cosine <= copyCosine), copies: hits.filter(({ cosine }) => cosine > copyCosine) };
}
