import type { Random } from '../../random.js';

export const soundRate = 22_050;

export function samplesOf(seconds: number): number {
  return Math.max(1, Math.round(seconds * soundRate));
}

/** White, from −1 to 1. */
export function noise(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => 2 * random.next() - 1);
}

/** One pole: what is above this frequency gets weaker by 6 dB an octave. */
export function lowpass(samples: Float32Array, hz: number): Float32Array {
  const share = 1 - Math.exp((-2 * Math.PI * hz) / soundRate);
  let level = 0;
  return samples.map((value) => {
    level += share * (value - level);
    return level;
  });
}

export function highpass(samples: Float32Array, hz: number): Float32Array {
  const low = lowpass(samples, hz);
  return samples.map((value, i) => value - low[i]!);
}

/** A resonance whose frequency may move: y[n] = x[n] + 2r·cos(ω)·y[n−1] − r²·y[n−2], r by the width, scaled to about its input's level. */
export function resonance(samples: Float32Array, hzAt: (sample: number) => number, widthHz: number): Float32Array {
  const r = Math.exp((-Math.PI * widthHz) / soundRate);
  let [one, two] = [0, 0];
  return samples.map((value, i) => {
    const w = (2 * Math.PI * hzAt(i)) / soundRate;
    const y = (1 - r) * value * Math.sqrt(1 + r * r - 2 * r * Math.cos(2 * w)) + 2 * r * Math.cos(w) * one - r * r * two;
    two = one;
    one = y;
    return y;
  });
}

/** 1 at the beginning, 1/e after so many seconds; it rises within a millisecond. */
export function decaying(samples: Float32Array, seconds: number): Float32Array {
  return samples.map((value, i) => value * Math.exp(-i / (seconds * soundRate)) * Math.min(1, i / (0.001 * soundRate)));
}

/** Adds a part to the whole from that sample on; what reaches past the end is left out. */
export function place(out: Float32Array, part: Float32Array, from: number, gain = 1): void {
  const end = Math.min(part.length, out.length - from);
  for (let i = Math.max(0, -from); i < end; i++) out[from + i]! += gain * part[i]!;
}

/** A sum of harmonics of a moving pitch, each by its gain: sin((h + 1)φ) = 2·cos φ·sin hφ − sin((h − 1)φ). */
export function harmonics(length: number, hzAt: (sample: number) => number, gains: readonly number[]): Float32Array {
  const out = new Float32Array(length);
  let phase = 0;
  for (let i = 0; i < length; i++) {
    phase = (phase + (2 * Math.PI * hzAt(i)) / soundRate) % (2 * Math.PI);
    const turn = 2 * Math.cos(phase);
    let [before, now, sum] = [0, Math.sin(phase), 0];
    for (let h = 0; h < gains.length; h++) {
      sum += gains[h]! * now;
      [before, now] = [now, turn * now - before];
    }
    out[i] = sum;
  }
  return out;
}

/** Values that wander between −1 and 1, about so many turns a second. */
export function wandering(random: Random, hz: number): (sample: number) => number {
  const [first, second, third] = [1, 0.6, 0.37].map((share) => ({ hz: hz * share, phase: random.between(0, 2 * Math.PI) }));
  const wave = ({ hz: of, phase }: { hz: number; phase: number }, i: number) => Math.sin((2 * Math.PI * of * i) / soundRate + phase);
  return (i) => (wave(first!, i) + wave(second!, i) + wave(third!, i)) / 3;
}

/** Places of events that come at random, so many a second. */
export function moments(random: Random, length: number, perSecond: number): number[] {
  const all: number[] = [];
  for (let at = 0; ; ) {
    at += (-Math.log(1 - random.next()) / perSecond) * soundRate;
    if (at >= length) return all;
    all.push(Math.floor(at));
  }
}
