import { Random } from '../random.js';
import type { Steps } from '../steps.js';
import type { FuzzyGraph } from './fuzzy-graph.js';

// Taken out of Math once: where modules have a context of their own, as in tests, each look-up of a global is slow.
const { floor, max, min } = Math;

/**
 * How near points lie on the map that belong together by 1 / (1 + a·d^2b): the least squares fit to 1 up to a distance of 0.1 (so that
 * clusters do not become dots) and exp(−(d − 0.1)) beyond. A spec fits it again.
 */
export const nearness = { leastDistance: 0.1, a: 1.577, b: 0.8951 };

const pushesPerPull = 5;
const longestStep = 4;
/** Keeps a push finite. */
const softening = 1e-3;

/** More rounds for few points, which cost little. */
function roundsFor(points: number): number {
  return points <= 2_500 ? 500 : points <= 10_000 ? 300 : 200;
}

/**
 * Moves the points (x, y one after the other, in place) until those that belong together lie together: each round pulls the two ends of
 * an edge as often as its weight says, the strongest each time, and after each pull pushes the first end away from five points at random.
 *
 *     pull  −2ab·d^(2b−2) / (1 + a·d^2b) · (y_i − y_j)        push  2b / ((0.001 + d²)·(1 + a·d^2b)) · (y_i − y_j)
 *
 * Each coordinate moves by at most 4 times the rate, which falls from 1 to 0. Reference: McInnes, Healy, Melville 2018, sections 3.2 and 4.2.
 */
export function* arrange(place: Float32Array, { points, from, to, weight }: FuzzyGraph, seed: number): Steps<void> {
  const { a, b } = nearness;
  const rounds = roundsFor(points);
  const strongest = weight.reduce((most, value) => Math.max(most, value), 0);
  let done = 0;
  for (let round = 0; round < rounds; round++) {
    const random = new Random(seed, 'map', round);
    const rate = 1 - round / rounds;
    let draws = 0;
    for (let edge = 0; edge < from.length; edge++) {
      const often = weight[edge]! / strongest;
      if (floor((round + 1) * often) === floor(round * often)) continue; // not its turn
      const [i, j] = [2 * from[edge]!, 2 * to[edge]!];
      const pulled = squared(place, i, j);
      if (pulled > 0) {
        const power = pulled ** b;
        const force = (-2 * a * b * (power / pulled)) / (1 + a * power);
        for (let axis = 0; axis < 2; axis++) {
          const step = rate * limited(force * (place[i + axis]! - place[j + axis]!));
          place[i + axis]! += step;
          place[j + axis]! -= step;
        }
      }
      for (let push = 0; push < pushesPerPull; push++) {
        const other = 2 * random.below(draws++, points);
        if (other === i) continue;
        const distance = squared(place, i, other);
        const force = (2 * b) / ((softening + distance) * (1 + a * distance ** b));
        for (let axis = 0; axis < 2; axis++) place[i + axis]! += rate * limited(force * (place[i + axis]! - place[other + axis]!));
      }
      if (++done % pullsPerStep === 0) yield round / rounds;
    }
    yield (round + 1) / rounds;
  }
}

const pullsPerStep = 5_000;

function squared(place: Float32Array, i: number, j: number): number {
  return (place[i]! - place[j]!) ** 2 + (place[i + 1]! - place[j + 1]!) ** 2;
}

function limited(step: number): number {
  return max(-longestStep, min(longestStep, step));
}
