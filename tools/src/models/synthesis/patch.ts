import { Random } from '../../random.js';

/** The knobs of one voice of the synthesizer. Times are in seconds, frequencies in Hz. */
export interface Knobs {
  hz: number;
  /** Copies of the oscillator, and how far the outermost are apart. */
  voices: number;
  detuneCents: number;
  /** Frequency modulation: the modulator's frequency over the carrier's, its index at the start, and how fast the index falls. */
  fmRatio: number;
  fmIndex: number;
  fmSeconds: number;
  /** How far above its pitch a note begins, and how fast it falls there. */
  sweepOctaves: number;
  sweepSeconds: number;
  /** How far the pitch glides over the whole note. */
  glideOctaves: number;
  vibratoCents: number;
  vibratoHz: number;
  toneLevel: number;
  noiseLevel: number;
  /** Noise has a fall of its own and a band: its middle, and how narrow it is. */
  noiseSeconds: number;
  noiseHz: number;
  noiseQ: number;
  /** The filter: its corner, how far above it begins, how fast it falls, and what swings it. */
  cutoffHz: number;
  resonance: number;
  cutoffOctaves: number;
  cutoffSeconds: number;
  swingOctaves: number;
  swingHz: number;
  attack: number;
  decay: number;
  sustain: number;
  hold: number;
  release: number;
  /** Repeated beginnings, as in a clap. */
  bursts: number;
  burstSeconds: number;
  drive: number;
  echoSeconds: number;
  echoLevel: number;
  roomSeconds: number;
  roomLevel: number;
}

export type Wave = 'sine' | 'triangle' | 'saw' | 'square';
export type FilterMode = 'low' | 'high' | 'band';

/** One voice, set up. */
export interface Patch extends Knobs {
  readonly wave: Wave;
  readonly filter: FilterMode;
  /** Semitones above the note that sound together. */
  readonly chord: readonly number[];
}

const plain: Patch = {
  wave: 'sine',
  filter: 'low',
  chord: [0],
  hz: 220,
  voices: 1,
  detuneCents: 0,
  fmRatio: 1,
  fmIndex: 0,
  fmSeconds: 0.2,
  sweepOctaves: 0,
  sweepSeconds: 0.05,
  glideOctaves: 0,
  vibratoCents: 0,
  vibratoHz: 5,
  toneLevel: 1,
  noiseLevel: 0,
  noiseSeconds: 0.1,
  noiseHz: 4000,
  noiseQ: 0.5,
  cutoffHz: 18_000,
  resonance: 0.7,
  cutoffOctaves: 0,
  cutoffSeconds: 0.1,
  swingOctaves: 0,
  swingHz: 2,
  attack: 0.002,
  decay: 0.2,
  sustain: 0,
  hold: 0,
  release: 0.05,
  bursts: 1,
  burstSeconds: 0.01,
  drive: 1,
  echoSeconds: 0.2,
  echoLevel: 0,
  roomSeconds: 0.5,
  roomLevel: 0,
};

/** A voice with these knobs turned; all others stand where they change nothing. */
export function patch(turned: Partial<Patch>): Patch {
  return { ...plain, ...turned };
}

/** Whole numbers, and what is nothing when it is 0. */
const steady = new Set<string>(['voices', 'bursts']);

/** The same voice with every knob moved a little: each by a factor of deviation `amount` in its logarithm. */
export function varied(original: Patch, random: Random, amount: number): Patch {
  const moved = Object.entries(original).map(([name, value]) =>
    typeof value !== 'number' || steady.has(name) ? [name, value] : [name, value * Math.exp(amount * normal(random))],
  );
  return patch(Object.fromEntries(moved));
}

/** Of mean 0 and deviation 1 (Box and Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
