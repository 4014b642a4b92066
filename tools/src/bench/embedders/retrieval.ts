import { crowding, crowdingNeighbours, rankAgain, rankedAgain } from '@earshot/learning';

/** One clip of a labelled collection: a direction, what it is, and what it must not be found by. */
export interface Labelled {
  vector: Float32Array;
  label: string;
  /** Clips of one group (a preset, a speaker) are not neighbours of each other. */
  group: string;
}

export interface Retrieval {
  /** Mean share of the five nearest that have the label. */
  precisionAt5: number;
  /** Share of the clips whose nearest has the label. */
  nearest: number;
  /** Standard error of the first, over the clips. */
  standardError: number;
  clips: number;
}

const first = 5;

/** Each clip searches among all of other groups; `again`: the 50 nearest in the order of `rankAgain`. */
export function retrieval(clips: readonly Labelled[], { again = false } = {}): Retrieval {
  const neighbours = clips.map((clip) => nearestOf(clip, clips));
  const crowdings = neighbours.map((hits) => crowding(hits.slice(0, crowdingNeighbours).map(({ cosine }) => cosine)));
  const precisions: number[] = [];
  let nearest = 0;
  clips.forEach((clip, i) => {
    const hits = neighbours[i]!.map((hit) => ({ ...hit, crowding: crowdings[hit.index]! }));
    const ranked = again ? rankAgain(hits) : hits;
    const isSame = ranked.slice(0, first).map(({ index }) => clips[index]!.label === clip.label);
    precisions.push(isSame.filter(Boolean).length / first);
    if (isSame[0]) nearest++;
  });
  const mean = precisions.reduce((sum, value) => sum + value, 0) / clips.length;
  const variance = precisions.reduce((sum, value) => sum + (value - mean) ** 2, 0) / clips.length;
  return { precisionAt5: mean, nearest: nearest / clips.length, standardError: Math.sqrt(variance / clips.length), clips: clips.length };
}

function nearestOf(clip: Labelled, clips: readonly Labelled[]): { index: number; cosine: number }[] {
  const found: { index: number; cosine: number }[] = [];
  clips.forEach(({ vector, group }, index) => {
    if (group === clip.group) return;
    let cosine = 0;
    for (let i = 0; i < vector.length; i++) cosine += vector[i]! * clip.vector[i]!;
    found.push({ index, cosine });
  });
  return found.toSorted((a, b) => b.cosine - a.cosine).slice(0, rankedAgain);
}
