import { z } from 'zod';
import type { Occasion } from '../../networks/preparations.js';
import { Random } from '../../random.js';
import { logarithm, type Placement, placed, scaledToMean, type WordShape } from './word-input.js';

const share = z.number().min(0).max(1);
const range = (least: number, most: number) => z.tuple([z.number().min(least).max(most), z.number().min(least).max(most)]);

/** How training words are changed, anew each time they are heard. */
export const wordAugmentation = z.strictObject({
  cropShare: share.default(0.15).meta({ description: 'Up to this share is cut off at either end, in half of the cases' }),
  stretch: range(0.2, 5).default([0.55, 1.35]).meta({ description: 'Pace, log-uniform' }),
  noiseFrames: z.int().min(0).max(20).default(3).meta({ description: 'Up to so many frames of noise before and after' }),
  reverberation: share.default(0.3).meta({ description: 'In this share of the cases' }),
  equalizerDb: z.number().min(0).max(20).default(5).meta({ description: 'Deviation of a curve of six points' }),
  highPass: share.default(0.5).meta({ description: '60 to 350 Hz, in this share of the cases' }),
  lowPass: share.default(0.4).meta({ description: '2.8 to 4 kHz, in this share of the cases' }),
  noise: share.default(0.8).meta({ description: 'Coloured noise, in this share of the cases' }),
  noiseDb: range(-20, 100).default([5, 45]).meta({ description: 'Below the word' }),
  maskedBands: z.number().min(0).max(40).default(7).meta({ description: 'Up to so many neighbouring bands are left out' }),
  maskedShare: share.default(0.2).meta({ description: 'Up to this share of the time is left out' }),
});

export type WordAugmentation = z.output<typeof wordAugmentation>;

/** Numbers of one occasion, in the order in which they are asked for. */
class Draws {
  private readonly random: Random;
  private index = 0;

  constructor({ seed, epoch, row }: Occasion) {
    this.random = new Random(seed, 'word', epoch, row);
  }

  between(least: number, most: number): number {
    return least + (most - least) * this.random.uniform(this.index++);
  }

  happens(share: number): boolean {
    return this.between(0, 1) < share;
  }

  /** A whole number from 0 to `most`. */
  upTo(most: number): number {
    return Math.floor(this.between(0, most + 1));
  }

  /** Two of the sequence go into one normal number. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.between(0, 1)));
    return radius * Math.cos(2 * Math.PI * this.between(0, 1));
  }

  /** A curve through `points` normal numbers, linear between them. */
  curve(points: number, length: number): Float32Array {
    const heights = Float32Array.from({ length: points }, () => this.normal());
    return Float32Array.from({ length }, (_, i) => {
      const at = (i * (points - 1)) / (length - 1);
      const left = Math.min(points - 2, Math.floor(at));
      return heights[left]! + (at - left) * (heights[left + 1]! - heights[left]!);
    });
  }
}

/**
 * What the network hears of a training word: another voice's pace, another room, another microphone, another noise. Everything happens to
 * the mel power, where it costs next to nothing. `centresHz`: of the bands.
 */
export function augmentedWord(
  power: Float32Array,
  shape: WordShape,
  centresHz: Float64Array,
  rule: WordAugmentation,
  occasion: Occasion,
): Float32Array {
  const draws = new Draws(occasion);
  const place = placement(power.length / shape.bands, shape, rule, draws);
  const word = scaledToMean(placed(power, shape, place), shape, place);
  if (draws.happens(rule.reverberation)) reverberate(word, shape, draws);
  filter(word, shape, centresHz, rule, draws);
  scaledToMean(word, shape, place);
  if (draws.happens(rule.noise)) addNoise(word, shape, rule, draws);
  const heard = logarithm(word, shape, place);
  mask(heard, shape, place, rule, draws);
  return heard;
}

function placement(length: number, { frames }: WordShape, rule: WordAugmentation, draws: Draws): Placement {
  const cut = () => (draws.happens(0.5) ? Math.floor(draws.between(0, rule.cropShare) * length) : 0);
  const [from, end] = [cut(), length - cut()];
  const pace = Math.exp(draws.between(Math.log(rule.stretch[0]), Math.log(rule.stretch[1])));
  const stretch = Math.min(pace, (frames - 2) / length);
  const before = draws.upTo(rule.noiseFrames);
  const count = Math.min(frames, (end - from) * stretch + before + draws.upTo(rule.noiseFrames));
  return { first: Math.floor((frames - count) / 2), count, before, stretch, from, to: end - 1 };
}

/** An exponential tail of ten frames (0.12 s) behind every sound. */
function reverberate(word: Float32Array, { bands }: WordShape, draws: Draws): void {
  const [weight, decay] = [draws.between(0.1, 0.7), draws.between(0.4, 0.85)];
  const dry = word.slice();
  for (let delay = 1; delay <= 10; delay++) {
    const gain = weight * decay ** (delay - 1);
    for (let i = delay * bands; i < word.length; i++) word[i]! += gain * dry[i - delay * bands]!;
  }
}

/** An equalizer's curve, and the ends of a microphone or a line. */
function filter(word: Float32Array, { bands }: WordShape, centresHz: Float64Array, rule: WordAugmentation, draws: Draws): void {
  const curveDb = draws.curve(6, bands);
  const lowestHz = draws.happens(rule.highPass) ? draws.between(60, 350) : 0;
  const highestHz = draws.happens(rule.lowPass) ? draws.between(2800, 4000) : 4800;
  const gains = Float32Array.from(curveDb, (db, b) => {
    const hz = centresHz[b]!;
    return 10 ** ((db * rule.equalizerDb) / 10) / (1 + (lowestHz / hz) ** 6) / (1 + (hz / highestHz) ** 20);
  });
  for (let i = 0; i < word.length; i++) word[i]! *= gains[i % bands]!;
}

/** Noise that falls by up to 13 dB towards the high bands, uneven over bands and, less so, over time. */
function addNoise(word: Float32Array, { frames, bands }: WordShape, rule: WordAugmentation, draws: Draws): void {
  const level = 10 ** (-draws.between(rule.noiseDb[0], rule.noiseDb[1]) / 10);
  const fall = draws.between(0, 3) / (bands - 1);
  const colour = draws.curve(5, bands).map((height, b) => Math.exp(1.2 * height - fall * b));
  const mean = colour.reduce((sum, value) => sum + value, 0) / bands;
  const swell = draws.curve(6, frames);
  for (let t = 0, i = 0; t < frames; t++) {
    const loudness = (level / mean) * Math.exp(0.6 * swell[t]!);
    for (let b = 0; b < bands; b++, i++) word[i]! += loudness * colour[b]! * (0.4 - 0.6 * Math.log(1 - draws.between(0, 1)));
  }
}

/** Leaves out neighbouring bands, and a stretch of time. */
function mask(heard: Float32Array, { frames, bands }: WordShape, { first, count }: Placement, rule: WordAugmentation, draws: Draws): void {
  const lowBand = draws.between(0, bands - 3);
  const highBand = lowBand + draws.between(0, rule.maskedBands);
  const start = first + draws.between(0, count);
  const end = start + draws.between(0, rule.maskedShare * count);
  for (let t = 0; t < frames; t++) {
    const isMasked = t >= start && t < end;
    for (let b = 0; b < bands; b++) if (isMasked || (b >= lowBand && b < highBand)) heard[t * bands + b] = 0;
  }
}
