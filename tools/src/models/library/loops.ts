import { Random } from '../../random.js';
import { render, synthesisRate } from '../synthesis/synthesizer.js';
import { genres, type Loop, type Part, parts } from './genres.js';
import { kitOf } from './kit.js';

/** A loop of the demonstration library. */
export interface LibraryLoop {
  genre: string;
  /** `GENRE-PACK_PART`, without an ending. */
  name: string;
  pack: string;
  part: Part;
  bpm: number;
  plan: Loop;
  render(): Float32Array;
}

const packs = 4;
/** The samples are kept to so many bits: what they lack is 74 dB down, and the files are half as long. */
const bits = 12;

/** What is wrong with some loops, on purpose, so that a search for anomalies has something to find. */
export const oddities: Readonly<Record<string, string>> = {
  'ambient-2_more': 'a break of drum and bass among ambient',
  'house-3_more': 'clipped',
  'techno-4_bass': 'steady noise',
  'trance-1_bass': 'cut off after 25 ms',
};

/** All loops, the same for the same seed: four packs of each genre, in each five loops. */
export function* libraryLoops(seed: number): Generator<LibraryLoop> {
  for (const [g, genre] of genres.entries()) {
    for (let pack = 1; pack <= packs; pack++) {
      const random = new Random(seed + 1000 * g + pack);
      const kit = kitOf(random, 36.7 * 2 ** (random.below(8) / 12), genre.hardness);
      const bpm = Math.round(random.between(...genre.bpm));
      for (const part of parts) {
        const name = `${genre.name}-${pack}_${part}`;
        const played = name === 'ambient-2_more' ? genres.find((other) => other.name === 'drum_and_bass')! : genre;
        const tempo = played === genre ? bpm : 174;
        const plan = played.loop(kit, tempo, part, random.fork());
        const [own, peak] = [random.below(2 ** 31), random.between(0.6, 0.89)];
        yield {
          genre: genre.name,
          name,
          pack: `${genre.name}-${pack}`,
          part,
          bpm: tempo,
          plan,
          render: () => kept(spoiled(name, seamless(plan, own, peak))),
        };
      }
    }
  }
}

/** What sounds on after the end is heard at the beginning, as in a sampler. */
function seamless({ layers, seconds }: Loop, seed: number, peak: number): Float32Array {
  const length = Math.round(seconds * synthesisRate);
  const whole = render(layers, seed, { seconds: 2 * seconds });
  const loop = whole.slice(0, length).map((value, i) => value + (whole[length + i] ?? 0));
  const greatest = loop.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return loop.map((value) => (value * peak) / greatest);
}

function kept(samples: Float32Array): Float32Array {
  return samples.map((value) => Math.round(value * 2 ** (bits - 1)) / 2 ** (bits - 1));
}

function spoiled(name: string, samples: Float32Array): Float32Array {
  const random = new Random(samples.length);
  switch (oddities[name]) {
    case 'clipped':
      return samples.map((value) => Math.max(-0.99, Math.min(0.99, 6 * value)));
    case 'steady noise':
      return samples.map(() => random.between(-0.4, 0.4));
    case 'cut off after 25 ms':
      return samples.slice(0, Math.round(0.025 * synthesisRate));
    default:
      return samples;
  }
}
