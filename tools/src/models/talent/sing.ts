import { Random } from '../../random.js';

export const singingRate = 22_050;

/** How a phrase is sung. Cents are hundredths of a semitone. */
interface Manner {
  /** Deviation of a note's pitch from the scale. */
  offCents: number;
  /** How far the pitch wanders within a note. */
  driftCents: number;
  vibratoCents: number;
  vibratoHz: number;
  /** How uneven the vibrato's pace is, 0 to 1. */
  unevenness: number;
  /** Deviation of the pitch from one period to the next. */
  jitterCents: number;
  /** How the loudness trembles, in dB. */
  tremorDb: number;
  /** Level of breath below the voice, in dB. */
  breathDb: number;
  /** Level of the noise with which a note begins, in dB. */
  onsetDb: number;
  /** Share of notes in which the voice breaks. */
  breaks: number;
}

/** Both ways overlap in everything but in how well the notes are met and held. */
function steady(random: Random): Manner {
  return {
    offCents: random.between(2, 15),
    driftCents: random.between(2, 15),
    vibratoCents: random.between(0, 50),
    vibratoHz: random.between(4.8, 6.2),
    unevenness: random.between(0, 0.15),
    jitterCents: random.between(1, 6),
    tremorDb: random.between(0, 1.5),
    breathDb: random.between(-50, -28),
    onsetDb: random.between(-50, -25),
    breaks: 0,
  };
}

function unsteady(random: Random): Manner {
  return {
    offCents: random.between(30, 120),
    driftCents: random.between(30, 120),
    vibratoCents: random.between(0, 90),
    vibratoHz: random.between(3, 8.5),
    unevenness: random.between(0.3, 1),
    jitterCents: random.between(5, 35),
    tremorDb: random.between(1, 8),
    breathDb: random.between(-45, -15),
    onsetDb: random.between(-45, -12),
    breaks: random.between(0, 0.35),
  };
}

const vowels = [
  [730, 1090, 2440],
  [530, 1840, 2480],
  [270, 2290, 3010],
  [570, 840, 2410],
  [300, 870, 2240],
] as const;
const scale = [0, 2, 4, 5, 7, 9, 11, 12];

/** A phrase of four to eight notes by one synthetic singer: vowels of a voice of so many harmonics, 2 to 5 s. */
export function sing(seed: number, isSteady: boolean): Float32Array {
  const random = new Random(seed);
  const manner = isSteady ? steady(random) : unsteady(random);
  const isHigh = random.next() < 0.5;
  const root = isHigh ? random.between(180, 330) : random.between(90, 165);
  const tract = (isHigh ? 1.15 : 1) * random.between(0.92, 1.1);
  const tilt = random.between(1.2, 2.2);
  const volume = random.between(0.05, 0.5);
  const notes = 4 + random.below(5);
  const parts = Array.from({ length: notes }, () => {
    const cents = 100 * random.pick(scale) + manner.offCents * normal(random);
    const vowel = random.pick(vowels).map((hz) => hz * tract);
    return note(random, root * 2 ** (cents / 1200), { seconds: random.between(0.3, 0.75), vowel, tilt, manner });
  });
  const rests = parts.map(() => Math.floor(random.between(0.01, 0.12) * singingRate));
  const out = new Float32Array(parts.reduce((sum, part, i) => sum + part.length + rests[i]!, 0));
  let at = 0;
  parts.forEach((part, i) => {
    out.set(part, at);
    at += part.length + rests[i]!;
  });
  const peak = out.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return out.map((value) => (value * volume) / peak);
}

interface Note {
  seconds: number;
  vowel: readonly number[];
  tilt: number;
  manner: Manner;
}

function note(random: Random, hz: number, { seconds, vowel, tilt, manner }: Note): Float32Array {
  const length = Math.floor(seconds * singingRate);
  const drift = manner.driftCents * normal(random);
  const breakAt = random.next() < manner.breaks ? random.between(0.2, 0.8) : 2;
  const harmonics = Math.min(30, Math.floor(5000 / hz));
  const gains = Float32Array.from({ length: harmonics }, (_, h) => formants((h + 1) * hz, vowel) / (h + 1) ** tilt);
  const loudest = Math.hypot(...gains);
  const out = new Float32Array(length);
  let [phase, vibrato, jitter, tremor] = [0, 0, 0, 0];
  for (let i = 0; i < length; i++) {
    const share = i / length;
    vibrato += ((2 * Math.PI * manner.vibratoHz) / singingRate) * (1 + manner.unevenness * jitter);
    jitter = 0.999 * jitter + 0.045 * (2 * random.next() - 1) * 1.7;
    tremor = 0.9995 * tremor + 0.03 * (2 * random.next() - 1) * 1.7;
    const broken = share > breakAt && share < breakAt + 0.12 ? 500 : 0;
    const cents = drift * share + manner.vibratoCents * Math.sin(vibrato) + manner.jitterCents * jitter * 3 + broken;
    phase += (2 * Math.PI * hz * 2 ** (cents / 1200)) / singingRate;
    let voice = 0;
    for (let h = 0; h < harmonics; h++) voice += gains[h]! * Math.sin((h + 1) * phase);
    const onset = 10 ** (manner.onsetDb / 20) * Math.exp(-i / (0.03 * singingRate));
    const noise = (10 ** (manner.breathDb / 20) + onset) * (2 * random.next() - 1) * 1.7;
    const envelope = Math.min(1, i / (0.03 * singingRate), (length - i) / (0.05 * singingRate));
    out[i] = envelope * 10 ** ((manner.tremorDb * tremor) / 20) * (voice / loudest + noise);
  }
  return out;
}

/** The gain of three resonances of a vowel at a frequency. */
function formants(hz: number, vowel: readonly number[]): number {
  return vowel.reduce((sum, centre, i) => sum + 0.6 ** i / (1 + ((hz - centre) / (80 + 40 * i)) ** 2), 0.02);
}

function normal(random: Random): number {
  return random.next() + random.next() + random.next() + random.next() - 2; // deviation 0.58, never beyond 2
}
