/** The places of a convolution along one axis. */
export interface Axis {
  length: number;
  kernel: number;
  stride: number;
  output: number;
  /** Zeros before the first value, as TensorFlow's "same" has them, and all of them. */
  before: number;
  padding: number;
}

/** An output for every `stride`-th position; what is missing at the ends is zeros, the odd one at the end. */
export function axisOf(length: number, kernel: number, stride: number): Axis {
  const output = Math.ceil(length / stride);
  const padding = Math.max(0, (output - 1) * stride + kernel - length);
  return { length, kernel, stride, output, before: Math.floor(padding / 2), padding };
}

/**
 * The positions of the input that are the same step into a stride: those that are reached by the same taps. Their gradient is itself a
 * convolution of the output's gradient, with these taps in turned order and stride 1.
 */
export interface Phase {
  /** The first such position and how many there are, `stride` apart. */
  first: number;
  count: number;
  /** Output that the last tap of the first position comes from: negative in the margin. */
  from: number;
  /** In the order in which they meet the output, its first position first. */
  taps: number[];
}

export function phasesOf({ length, kernel, stride, before }: Axis): Phase[] {
  const phases: Phase[] = [];
  for (let r = 0; r < stride; r++) {
    const q = Math.max(0, Math.ceil((before - r) / stride)); // position = q·stride + r − before meets tap r at output q, tap r + stride at q − 1, …
    const first = q * stride + r - before;
    const count = Math.max(0, Math.ceil((length - first) / stride));
    const taps = [];
    for (let tap = r; tap < kernel; tap += stride) taps.unshift(tap);
    phases.push({ first, count, from: q - (taps.length - 1), taps });
  }
  return phases.filter(({ count }) => count > 0);
}

/** Columns of a matrix in panels of eight. */
export function wholePanels(columns: number): number {
  return 8 * Math.ceil(columns / 8);
}
