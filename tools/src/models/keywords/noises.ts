// Sounds in which nobody speaks, made from a seed: silence, noises of many colours, and music.
import { Random } from '../../random.js';

const sampleRate = 16_000;

export interface Noise {
  /** `silence`, `noise` or `music`. */
  word: string;
  speaker: string;
  name: string;
  samplesAt(sampleRate: number): Promise<Float32Array>;
}

type Make = (random: Random, length: number) => Float32Array;

const kinds: Readonly<Record<string, { word: string; count: number; make: Make }>> = {
  'digital-silence': { word: 'silence', count: 4, make: (_, length) => new Float32Array(length) },
  dither: { word: 'silence', count: 60, make: (random, length) => scaled(white(random, length), 10 ** random.between(-5, -3)) },
  'coloured-noise': { word: 'noise', count: 160, make: colouredNoise },
  'swelling-noise': { word: 'noise', count: 160, make: (random, length) => swelling(random, colouredNoise(random, length)) },
  crackle: { word: 'noise', count: 80, make: crackle },
  hum: { word: 'noise', count: 80, make: hum },
  beeps: { word: 'noise', count: 80, make: beeps },
  sweep: { word: 'noise', count: 60, make: sweep },
  chords: { word: 'music', count: 160, make: chords },
  melody: { word: 'music', count: 200, make: melody },
  drums: { word: 'music', count: 120, make: drums },
  band: { word: 'music', count: 160, make: (random, length) => sum(chords(random, length), melody(random, length), drums(random, length)) },
};

export function noises(seed: number): Noise[] {
  return Object.entries(kinds).flatMap(([kind, { word, count, make }], k) =>
    Array.from({ length: count }, (_, n) => ({
      word,
      speaker: kind,
      name: `${kind}-${n}`,
      samplesAt: async (rate: number) => {
        const random = new Random(seed * 1_000_003 + k * 1009 + n);
        const length = Math.floor(random.between(0.4, 3) * sampleRate);
        return everySecond(smooth(make(random, length)), rate);
      },
    })),
  );
}

/** 16 kHz to 8 kHz: the low-pass has been applied. */
function everySecond(samples: Float32Array, rate: number): Float32Array {
  if (rate !== sampleRate / 2) throw new RangeError(`noises are made for ${sampleRate / 2} Hz, not ${rate}`);
  return samples.filter((_, i) => i % 2 === 0);
}

/** Takes most of what lies above 4 kHz out: [1 4 6 4 1]/16. */
function smooth(x: Float32Array): Float32Array {
  const at = (i: number) => x[Math.min(x.length - 1, Math.max(0, i))]!;
  return x.map((value, i) => (at(i - 2) + 4 * at(i - 1) + 6 * value + 4 * at(i + 1) + at(i + 2)) / 16);
}

function white(random: Random, length: number): Float32Array {
  return Float32Array.from({ length }, () => random.next() + random.next() + random.next() - 1.5);
}

function scaled(x: Float32Array, factor: number): Float32Array {
  return x.map((value) => value * factor);
}

function sum(...parts: Float32Array[]): Float32Array {
  return parts[0]!.map((_, i) => parts.reduce((total, part) => total + part[i]!, 0));
}

/** White noise through one to three resonances and a fall of up to 12 dB an octave. */
function colouredNoise(random: Random, length: number): Float32Array {
  let x = white(random, length);
  const fall = random.between(0, 0.98);
  for (let pole = random.below(3); pole > 0; pole--) x = lowPass(x, fall);
  for (let n = random.below(4); n > 0; n--) x = sum(x, scaled(resonance(x, random.between(100, 3900), random.between(30, 800)), 3));
  return scaled(x, random.between(0.02, 0.3));
}

function lowPass(x: Float32Array, pole: number): Float32Array {
  let y = 0;
  return x.map((value) => (y = pole * y + (1 - pole) * value));
}

function resonance(x: Float32Array, hz: number, widthHz: number): Float32Array {
  const r = Math.exp((-Math.PI * widthHz) / sampleRate);
  const c = 2 * r * Math.cos((2 * Math.PI * hz) / sampleRate);
  let [y1, y2] = [0, 0];
  return x.map((value) => {
    const y = (1 - r) * value + c * y1 - r * r * y2;
    y2 = y1;
    y1 = y;
    return y;
  });
}

/** Bursts, gusts, doors: the loudness goes through random points. */
function swelling(random: Random, x: Float32Array): Float32Array {
  const points = Array.from({ length: 3 + random.below(12) }, () => random.between(-45, 0));
  return x.map((value, i) => {
    const at = (i * (points.length - 1)) / x.length;
    const left = Math.floor(at);
    return value * 10 ** ((points[left]! + (at - left) * (points[left + 1]! - points[left]!)) / 20);
  });
}

function crackle(random: Random, length: number): Float32Array {
  const x = scaled(white(random, length), 10 ** random.between(-4, -1.7));
  const perSecond = random.between(1, 60);
  for (let i = 0; i < length; i++) {
    if (random.next() > perSecond / sampleRate) continue;
    const [height, decay] = [random.between(-1, 1), random.between(0.8, 0.998)];
    for (let j = i, level = height; j < length && Math.abs(level) > 1e-3; j++, level *= decay) x[j]! += level * (random.next() - 0.3);
  }
  return x;
}

function tone(random: Random, length: number, hz: number, harmonics: number, darkness: number): Float32Array {
  const phases = Array.from({ length: harmonics }, () => random.between(0, 2 * Math.PI));
  const heights = phases.map((_, h) => random.between(0.3, 1) / (h + 1) ** darkness);
  const usable = phases.map((_, h) => h).filter((h) => (h + 1) * hz < 7500);
  const x = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let total = 0;
    for (const h of usable) total += heights[h]! * Math.sin((2 * Math.PI * (h + 1) * hz * i) / sampleRate + phases[h]!);
    x[i] = total;
  }
  return x;
}

function hum(random: Random, length: number): Float32Array {
  const hz = random.pick([50, 60, 100, 120, random.between(40, 300)]);
  const voice = scaled(tone(random, length, hz, 12, random.between(0.3, 2)), 0.1);
  return sum(voice, scaled(white(random, length), 10 ** random.between(-4, -1.5)));
}

function beeps(random: Random, length: number): Float32Array {
  const hz = random.between(200, 3500);
  const [onSeconds, offSeconds] = [random.between(0.05, 0.5), random.between(0.02, 0.5)];
  return tone(random, length, hz, 1 + random.below(3), 1).map((value, i) =>
    (i / sampleRate) % (onSeconds + offSeconds) < onSeconds ? 0.3 * value : (random.next() - 0.5) * 1e-3,
  );
}

function sweep(random: Random, length: number): Float32Array {
  const [from, to] = [random.between(80, 3500), random.between(80, 3500)];
  let phase = 0;
  return Float32Array.from({ length }, (_, i) => {
    phase += (2 * Math.PI * from * (to / from) ** (i / length)) / sampleRate;
    return 0.3 * Math.sin(phase) + (random.next() - 0.5) * 0.002;
  });
}

const scale = [0, 2, 4, 5, 7, 9, 11];

function pitchHz(root: number, degree: number): number {
  const octave = Math.floor(degree / scale.length);
  return root * 2 ** (octave + scale[((degree % scale.length) + scale.length) % scale.length]! / 12);
}

/** Notes with an attack and a decay. */
function note(random: Random, hz: number, length: number, harmonics: number, darkness: number): Float32Array {
  const [attack, decay] = [random.between(0.002, 0.08), random.between(0.1, 1.5)];
  return tone(random, length, hz, harmonics, darkness).map((value, i) => {
    const seconds = i / sampleRate;
    return value * Math.min(1, seconds / attack) * Math.exp(-seconds / decay);
  });
}

function addAt(x: Float32Array, part: Float32Array, start: number, gain: number): void {
  for (let i = 0; i < part.length && start + i < x.length; i++) x[start + i]! += gain * part[i]!;
}

function chords(random: Random, length: number): Float32Array {
  const x = new Float32Array(length);
  const root = random.between(80, 330);
  const [harmonics, darkness] = [3 + random.below(8), random.between(0.5, 2)];
  const beat = Math.floor(random.between(0.3, 1.2) * sampleRate);
  for (let start = 0; start < length; start += beat) {
    const first = random.below(7);
    for (const step of [0, 2, 4]) addAt(x, note(random, pitchHz(root, first + step), beat * 2, harmonics, darkness), start, 0.08);
  }
  return x;
}

function melody(random: Random, length: number): Float32Array {
  const x = new Float32Array(length);
  const root = random.between(150, 700);
  const [harmonics, darkness] = [1 + random.below(8), random.between(0.5, 2)];
  const beat = Math.floor(random.between(0.1, 0.5) * sampleRate);
  for (let start = 0, degree = random.below(7); start < length; start += beat, degree += random.below(5) - 2) {
    if (random.next() < 0.85) addAt(x, note(random, pitchHz(root, degree), beat + random.below(beat), harmonics, darkness), start, 0.15);
  }
  return x;
}

/** A bass drum on the beat, a snare after it, a hi-hat in between. */
function drums(random: Random, length: number): Float32Array {
  const x = new Float32Array(length);
  const beat = Math.floor(random.between(0.12, 0.35) * sampleRate);
  const pattern = Array.from({ length: 8 }, (_, i) =>
    i % 4 === 0 ? 'bass' : i % 4 === 2 ? 'snare' : random.pick(['hat', 'hat', 'bass', '']),
  );
  for (let start = 0, i = 0; start < length; start += beat, i++) {
    const hit = pattern[i % 8];
    const decaySeconds = hit === 'hat' ? 0.03 : random.between(0.06, 0.15);
    const burst = white(random, beat * 2).map((value, n) => {
      const envelope = Math.exp(-n / sampleRate / decaySeconds);
      if (hit === 'bass') return envelope * Math.sin((2 * Math.PI * 60 * (n + 900 * (1 - envelope))) / sampleRate);
      return envelope * value;
    });
    if (hit !== '') addAt(x, burst, start, hit === 'hat' ? 0.06 : 0.3);
  }
  return x;
}
