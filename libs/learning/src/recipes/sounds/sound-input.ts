import { transposed } from '../../networks/preparations.js';
import type { Random } from '../../random.js';

/** Frames of the input for each of the network's last maps: what a clip is heard in multiples of. */
export const framesPerStep = 8;

/** A level of 0 to 80 dB below the loudest becomes 2 to −2. */
const [middleDb, stepDb] = [-40, 20];
/** A piece to learn from has something that is at most so far below the loudest of its clip. */
const audibleDb = 30;
const places = 4;

/**
 * A mel spectrogram in dB to what the network hears, [frames, bands]:
 *
 *     y[t][b] = (x[b][t mod period] − loudest + 40) / 20
 *
 * How loud a clip is as a whole does not count. What follows its last sound is silence that filled it up, and is not heard: the clip is heard
 * again and again instead, so that a short sound makes the same mean over time as a long one of the same kind.
 */
export function soundInput(row: Float32Array, bands: number): Float32Array {
  const out = transposed(row, bands);
  const period = heardFrames(row, bands) * bands;
  const loudest = largest(out, 0, out.length);
  for (let i = 0; i < period; i++) out[i] = (out[i]! - loudest - middleDb) / stepDb;
  for (let i = period; i < out.length; i++) out[i] = out[i - period]!;
  return out;
}

/** Frames up to the end of the last sound, in whole steps; all of a clip without one. */
export function heardFrames(row: Float32Array, bands: number): number {
  const frames = row.length / bands;
  let floor = Number.POSITIVE_INFINITY;
  for (let i = 0; i < row.length; i++) if (row[i]! < floor) floor = row[i]!;
  let end = 0;
  for (let b = 0; b < bands; b++) {
    let t = frames;
    while (t > end && row[b * frames + t - 1] === floor) t--;
    end = Math.max(end, t);
  }
  return end === 0 ? frames : Math.min(frames, framesPerStep * Math.ceil(end / framesPerStep));
}

/** A piece of what `soundInput` gave, from a place that is drawn: of four the first in which something can be heard. */
export function pieceOf(input: Float32Array, bands: number, crop: number, random: Random): Float32Array {
  const frames = input.length / bands;
  const loudest = largest(input, 0, input.length);
  for (let i = 0; ; i++) {
    const first = random.below(i, frames - crop + 1) * bands;
    const isAudible = largest(input, first, first + crop * bands) >= loudest - audibleDb / stepDb;
    if (isAudible || i === places - 1) return input.slice(first, first + crop * bands);
  }
}

function largest(values: Float32Array, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let i = from; i < to; i++) if (values[i]! > most) most = values[i]!;
  return most;
}
