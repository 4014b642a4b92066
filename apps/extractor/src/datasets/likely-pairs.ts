import { setImmediate as pause } from 'node:timers/promises';

export interface LikelyPairsOptions {
  /** Cosine of two sketches from which on their clips are compared. */
  leastCosine: number;
  /** Each table sees most pairs that are alike; together they miss few. */
  tables?: number;
  /** Within a table a sketch is compared with so many others at most: beyond that a table would cost the square of the sketches. */
  neighbours?: number;
  signal?: AbortSignal;
  /** Told after each table how many are done. */
  onTable?: (done: number, of: number) => Promise<void>;
}

/** What is to be compared: of each clip as many sketches as there are `variants`, the first of them the clip as it is. */
export interface Sketches {
  /** Are brought to one scale in place: of a million clips they are 1.6 GB. */
  values: Float32Array;
  length: number;
  variants: number;
}

/**
 * Pairs of clips of which a sketch of the one as it is and any of the other point in nearly the same direction, without looking at every
 * pair: planes through the mean cut the sketches into cells, those of one cell are compared, and so again with other planes
 * (locality-sensitive hashing by random hyperplanes). The same sketches give the same pairs.
 */
export async function likelyPairs(
  sketches: Sketches,
  { leastCosine, tables = 16, neighbours = 64, signal, onTable }: LikelyPairsOptions,
): Promise<[number, number][]> {
  const { length, variants } = sketches;
  const rows = sketches.values.length / length;
  const clips = rows / variants;
  if (clips <= fewClips) return everyPair(clips);
  standardise(sketches);
  const units = sketches.values;
  const planes = Math.min(30, Math.ceil(Math.log2(rows / neighbours)) + 2);
  const found = new Map<number, [number, number]>();
  const keys = new Uint32Array(rows);
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  const random = generator(1);
  const compare = (a: number, b: number) => {
    const [one, other] = [Math.floor(a / variants), Math.floor(b / variants)];
    if (one === other || (a % variants !== 0 && b % variants !== 0) || cosine(units, a, b, length) < leastCosine) return;
    const [low, high] = one < other ? [one, other] : [other, one];
    found.set(low * clips + high, [low, high]);
  };
  for (let table = 0; table < tables; table++) {
    const normals = Float32Array.from({ length: planes * length }, () => random() + random() + random() - 1.5);
    for (let row = 0; row < rows; row++) {
      keys[row] = cellOf(units, row, length, normals, planes);
      if (row % 5_000 === 4_999) await breath(signal);
    }
    order.sort((a, b) => keys[a]! - keys[b]! || a - b);
    for (let i = 0; i < rows; i++) {
      const last = Math.min(rows - 1, i + neighbours);
      for (let j = i + 1; j <= last && keys[order[j]!] === keys[order[i]!]; j++) compare(order[i]!, order[j]!);
      if (i % 1_000 === 999) await breath(signal);
    }
    await onTable?.(table + 1, tables);
  }
  return [...found.values()].sort(([a, b], [c, d]) => a - c || b - d);
}

/** So few are all compared: their mean says little. */
const fewClips = 128;

function everyPair(clips: number): [number, number][] {
  return Array.from({ length: clips }, (_, a) => Array.from({ length: clips - a - 1 }, (_, i): [number, number] => [a, a + 1 + i])).flat();
}

/** Lets others have their turn: heartbeats come from this process. */
async function breath(signal: AbortSignal | undefined): Promise<void> {
  await pause();
  signal?.throwIfAborted();
}

/** Each number without its mean over all clips as they are and divided by its spread, each sketch of length 1. */
function standardise({ values, length, variants }: Sketches): void {
  const clips = values.length / length / variants;
  for (let k = 0; k < length; k++) {
    let [sum, squares] = [0, 0];
    for (let at = k; at < values.length; at += length * variants) {
      sum += values[at]!;
      squares += values[at]! ** 2;
    }
    const mean = sum / clips;
    const spread = Math.sqrt(Math.max(squares / clips - mean * mean, 1e-12));
    for (let at = k; at < values.length; at += length) values[at] = (values[at]! - mean) / spread;
  }
  for (let at = 0; at < values.length; at += length) {
    const unit = values.subarray(at, at + length);
    const size = Math.sqrt(unit.reduce((sum, x) => sum + x * x, 0));
    if (size > 0) for (let k = 0; k < length; k++) unit[k]! /= size;
  }
}

function cellOf(units: Float32Array, row: number, length: number, normals: Float32Array, planes: number): number {
  let cell = 0;
  for (let plane = 0; plane < planes; plane++) {
    let side = 0;
    for (let k = 0; k < length; k++) side += units[row * length + k]! * normals[plane * length + k]!;
    cell = 2 * cell + (side > 0 ? 1 : 0);
  }
  return cell;
}

function cosine(units: Float32Array, a: number, b: number, length: number): number {
  let product = 0;
  for (let k = 0; k < length; k++) product += units[a * length + k]! * units[b * length + k]!;
  return product;
}

/** Numbers from 0 to 1 (xorshift of 32 bits), the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
