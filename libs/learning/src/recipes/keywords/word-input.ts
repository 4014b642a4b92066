/** What the network of words takes in: so many frames of so many bands. */
export interface WordShape {
  frames: number;
  bands: number;
}

/** Weaker than this share of the mean power is silence to the network: −30 dB. */
const leastPower = 1e-3;

/** Where the frames of a word lie in the network's input, and where between the frames of the recording each of them is read. */
export interface Placement {
  /** The first frame of the word's room, and how many there are. */
  first: number;
  count: number;
  /** Frames of faint noise before the word, within that room. */
  before: number;
  /** Frames of the input for each of the recording. */
  stretch: number;
  /** The first and the last frame of the recording that is used. */
  from: number;
  to: number;
}

/**
 * Mel power of a word ([bands, frames], row-major, of any length) to what the network hears: [frames, bands] of `shape`.
 *
 *     x = P / mean of P        y = (ln(x + 1e-3) − mean of the same) / 2
 *
 * The word stands in the middle; around it are zeros. A longer one is squeezed until it fits. One mean is taken off for the whole word:
 * how loud it was does not count, but what its bands have to each other stays. Silence gives zeros.
 */
export function wordInput(power: Float32Array, shape: WordShape): Float32Array {
  const place = centred(power.length / shape.bands, shape);
  return logarithm(scaledToMean(placed(power, shape, place), shape, place), shape, place);
}

function centred(frames: number, shape: WordShape): Placement {
  const stretch = Math.min(1, (shape.frames - 2) / frames);
  const count = Math.min(shape.frames, frames * stretch);
  return { first: Math.floor((shape.frames - count) / 2), count, before: 0, stretch, from: 0, to: frames - 1 };
}

/** The power at its place, [frames, bands]; between two frames linearly. */
export function placed(power: Float32Array, { frames, bands }: WordShape, { first, before, stretch, from, to }: Placement): Float32Array {
  const out = new Float32Array(frames * bands);
  const length = power.length / bands;
  for (let t = 0; t < frames; t++) {
    const at = (t - first - before) / stretch + from;
    if (at < from - 1e-3 || at > to + 1e-3) continue;
    const left = Math.min(length - 1, Math.max(0, Math.floor(at)));
    const right = Math.min(length - 1, left + 1);
    const share = Math.min(1, Math.max(0, at - left));
    for (let b = 0; b < bands; b++) {
      const row = b * length;
      out[t * bands + b] = power[row + left]! + share * (power[row + right]! - power[row + left]!);
    }
  }
  return out;
}

/** In place: the mean over the word's room becomes 1. */
export function scaledToMean(values: Float32Array, { bands }: WordShape, { count }: Placement): Float32Array {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  if (sum === 0) return values;
  const scale = (count * bands) / sum;
  for (let i = 0; i < values.length; i++) values[i]! *= scale;
  return values;
}

/** In place: the logarithm less its mean over the word's room, halved; zeros outside. */
export function logarithm(values: Float32Array, { frames, bands }: WordShape, { first, count }: Placement): Float32Array {
  const start = first * bands;
  const end = Math.min(frames, Math.ceil(first + count)) * bands;
  let sum = 0;
  for (let i = start; i < end; i++) {
    values[i] = Math.log(values[i]! + leastPower);
    sum += values[i]!;
  }
  const mean = sum / (end - start);
  for (let i = start; i < end; i++) values[i] = (values[i]! - mean) / 2;
  values.fill(0, 0, start);
  values.fill(0, end);
  return values;
}
