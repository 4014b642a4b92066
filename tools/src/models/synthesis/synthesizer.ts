import { Random } from '../../random.js';
import type { Patch, Wave } from './patch.js';
import { echo, room } from './space.js';

export const synthesisRate = 44_100;

/** Pitch and filter are set anew after so many samples. */
const controlSamples = 16;

/** One note: when it begins, how far above the patch's pitch, how loud, and how long a patch with `sustain` is held. */
export interface Note {
  at: number;
  semitones?: number;
  gain?: number;
  hold?: number;
}

export interface Layer {
  patch: Patch;
  notes: readonly Note[];
  gain?: number;
}

/** All layers together, `seconds` long, the greatest sample being `peak`. Without `seconds` it ends with its last note. */
export function render(
  layers: readonly Layer[],
  seed: number,
  { seconds, peak = 0.9 }: { seconds?: number; peak?: number } = {},
): Float32Array {
  const random = new Random(seed);
  const ends = layers.flatMap(({ patch, notes }) => notes.map((note) => note.at + lengthOf(patch, note) + tailOf(patch)));
  const length = Math.round((seconds ?? Math.max(...ends)) * synthesisRate);
  const mix = new Float32Array(length);
  for (const { patch, notes, gain = 1 } of layers) {
    const dry = new Float32Array(length);
    for (const note of notes) play(patch, note, random.fork(), dry);
    if (patch.echoLevel > 0.001) echo(dry, patch.echoSeconds * synthesisRate, patch.echoLevel);
    if (patch.roomLevel > 0.001) room(dry, patch.roomSeconds * synthesisRate, patch.roomLevel);
    for (let i = 0; i < length; i++) mix[i]! += gain * dry[i]!;
  }
  const greatest = mix.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (greatest > 0) for (let i = 0; i < length; i++) mix[i]! *= peak / greatest;
  return mix;
}

/** Until a note has faded by 60 dB. */
function lengthOf(patch: Patch, { hold = patch.hold }: Note): number {
  const falling = patch.sustain > 0.01 ? 0 : 7 * patch.decay;
  return (patch.bursts - 1) * patch.burstSeconds + patch.attack + hold + Math.max(falling, 7 * patch.release);
}

function tailOf(patch: Patch): number {
  return (patch.echoLevel > 0.001 ? 3 * patch.echoSeconds : 0) + (patch.roomLevel > 0.001 ? patch.roomSeconds : 0);
}

/** Adds one note to `out`. */
function play(patch: Patch, note: Note, random: Random, out: Float32Array): void {
  const first = Math.round(note.at * synthesisRate);
  const length = Math.min(out.length - first, Math.ceil(lengthOf(patch, note) * synthesisRate));
  const gain = note.gain ?? 1;
  const oscillators = oscillatorsOf(patch, note, random);
  const noiseBand = new Filter();
  const filter = new Filter();
  const envelope = new Envelope(patch, note.hold ?? patch.hold);
  const noiseFall = Math.exp(-1 / (Math.max(0.001, patch.noiseSeconds) * synthesisRate));
  const burstSamples = Math.round(patch.burstSeconds * synthesisRate);
  const hasTone = patch.toneLevel > 0.001;
  const hasNoise = patch.noiseLevel > 0.001;
  const isDriven = patch.drive > 1.01;
  noiseBand.set(patch.noiseHz, patch.noiseQ);
  let noiseGain = 1;
  let bursts = patch.bursts - 1;
  for (let i = 0; i < length; i++) {
    if (i % controlSamples === 0) {
      const t = i / synthesisRate;
      const octaves = pitchAt(patch, t, length / synthesisRate);
      for (const oscillator of oscillators) oscillator.tune(octaves, patch.fmIndex * Math.exp(-t / patch.fmSeconds));
      const swing = patch.swingOctaves * Math.sin(2 * Math.PI * patch.swingHz * t);
      filter.set(patch.cutoffHz * 2 ** (patch.cutoffOctaves * Math.exp(-t / patch.cutoffSeconds) + swing), patch.resonance);
    }
    if (bursts > 0 && i > 0 && i % burstSamples === 0) {
      bursts--;
      noiseGain = 1;
      envelope.restart();
    }
    let value = 0;
    if (hasTone) for (const oscillator of oscillators) value += oscillator.next();
    value *= patch.toneLevel;
    if (hasNoise) {
      value += patch.noiseLevel * noiseGain * noiseBand.next(2 * random.next() - 1, 'band');
      noiseGain *= noiseFall;
    }
    value = filter.next(value, patch.filter) * envelope.next();
    out[first + i]! += gain * (isDriven ? Math.tanh(patch.drive * value) : value);
  }
}

function pitchAt(patch: Patch, t: number, whole: number): number {
  const vibrato = (patch.vibratoCents / 1200) * Math.sin(2 * Math.PI * patch.vibratoHz * t);
  return patch.sweepOctaves * Math.exp(-t / patch.sweepSeconds) + (patch.glideOctaves * t) / whole + vibrato;
}

function oscillatorsOf(patch: Patch, { semitones = 0 }: Note, random: Random): Oscillator[] {
  const voices = Math.max(1, Math.round(patch.voices));
  const level = 1 / Math.sqrt(voices * patch.chord.length);
  return patch.chord.flatMap((step) =>
    Array.from({ length: voices }, (_, v) => {
      const cents = voices === 1 ? 0 : patch.detuneCents * ((2 * v) / (voices - 1) - 1);
      const hz = patch.hz * 2 ** ((semitones + step) / 12 + cents / 1200);
      return new Oscillator(patch.wave, hz, patch.fmRatio, level, voices === 1 && patch.chord.length === 1 ? 0 : random.next());
    }),
  );
}

/** A wave of one frequency, which a sine may modulate. Steps are rounded off over two samples, so that they do not alias (polyBLEP). */
class Oscillator {
  private step = 0;
  private modulator = 0;
  private modulatorStep = 0;
  private index = 0;

  constructor(
    private readonly wave: Wave,
    private readonly hz: number,
    private readonly ratio: number,
    private readonly level: number,
    private phase: number,
  ) {}

  tune(octaves: number, index: number): void {
    this.step = Math.min(0.45, (this.hz * 2 ** octaves) / synthesisRate);
    this.modulatorStep = this.step * this.ratio;
    this.index = index / (2 * Math.PI);
  }

  next(): number {
    this.phase += this.step;
    if (this.phase >= 1) this.phase -= 1;
    let phase = this.phase;
    if (this.index > 0.001) {
      this.modulator = (this.modulator + this.modulatorStep) % 1;
      phase += this.index * Math.sin(2 * Math.PI * this.modulator);
      phase -= Math.floor(phase);
    }
    return this.level * this.shape(phase);
  }

  private shape(phase: number): number {
    switch (this.wave) {
      case 'sine':
        return Math.sin(2 * Math.PI * phase);
      case 'triangle':
        return 4 * Math.abs(phase - 0.5) - 1;
      case 'saw':
        return 2 * phase - 1 - this.corner(phase);
      case 'square':
        return (phase < 0.5 ? 1 : -1) + this.corner(phase) - this.corner((phase + 0.5) % 1);
    }
  }

  private corner(phase: number): number {
    const { step } = this;
    if (phase < step) {
      const x = phase / step;
      return 2 * x - x * x - 1;
    }
    if (phase > 1 - step) {
      const x = (phase - 1) / step;
      return x * x + 2 * x + 1;
    }
    return 0;
  }
}

/** Rises in a straight line, falls to `sustain`, is held and released; falls are exponential. */
class Envelope {
  private level = 0;
  private age = 0;
  private readonly attackSamples: number;
  private readonly heldSamples: number;
  private readonly fall: number;
  private readonly release: number;

  constructor(
    private readonly patch: Patch,
    hold: number,
  ) {
    this.attackSamples = Math.max(1, patch.attack * synthesisRate);
    this.heldSamples = this.attackSamples + hold * synthesisRate;
    this.fall = Math.exp(-1 / (Math.max(0.0005, patch.decay) * synthesisRate));
    this.release = Math.exp(-1 / (Math.max(0.0005, patch.release) * synthesisRate));
  }

  restart(): void {
    this.age = 0;
  }

  next(): number {
    const { patch } = this;
    this.age++;
    if (this.age <= this.attackSamples) this.level = this.age / this.attackSamples;
    else if (patch.sustain <= 0.01) this.level *= this.fall;
    else if (this.age <= this.heldSamples) this.level = patch.sustain + (this.level - patch.sustain) * this.fall;
    else this.level *= this.release;
    return this.level;
  }
}

/** A state-variable filter of two poles in the trapezoidal form, which stays stable while its corner moves (Zavalishin, The Art of VA Filter Design). */
class Filter {
  private low = 0;
  private band = 0;
  private a1 = 0;
  private a2 = 0;
  private a3 = 0;
  private k = 1;

  set(hz: number, q: number): void {
    const g = Math.tan((Math.PI * Math.min(0.45 * synthesisRate, Math.max(16, hz))) / synthesisRate);
    this.k = 1 / Math.max(0.3, q);
    this.a1 = 1 / (1 + g * (g + this.k));
    this.a2 = g * this.a1;
    this.a3 = g * this.a2;
  }

  next(input: number, mode: 'low' | 'high' | 'band'): number {
    const high = input - this.low;
    const band = this.a1 * this.band + this.a2 * high;
    const low = this.low + this.a2 * this.band + this.a3 * high;
    this.band = 2 * band - this.band;
    this.low = 2 * low - this.low;
    if (mode === 'low') return low;
    return mode === 'band' ? this.k * band : input - this.k * band - low;
  }
}
