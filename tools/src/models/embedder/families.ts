import type { Random } from '../../random.js';
import { type FilterMode, type Knobs, type Patch, patch, type Wave } from '../synthesis/patch.js';
import type { Layer, Note } from '../synthesis/synthesizer.js';

/** From, to: drawn evenly in the logarithm. */
type Range = readonly [number, number];

/** One voice of a family: what its knobs are drawn from. Those that are not named stand where they change nothing. */
interface Draw {
  knobs: Partial<Record<keyof Knobs, Range>>;
  waves?: readonly Wave[];
  filters?: readonly FilterMode[];
  chords?: readonly (readonly number[])[];
}

/** A kind of electronic sound; a preset is drawn from it. */
export interface Family {
  readonly name: string;
  draw(random: Random): Layer[];
}

const triads = [
  [0, 4, 7],
  [0, 3, 7],
  [0, 3, 7, 10],
  [0, 4, 7, 11],
  [0, 5, 7],
  [0, 7, 12],
  [0, 3, 10],
] as const;
const bright: readonly Wave[] = ['saw', 'square'];
const all: readonly Wave[] = ['sine', 'triangle', 'saw', 'square'];

const kick: Draw = {
  waves: ['sine', 'triangle'],
  knobs: {
    hz: [38, 65],
    sweepOctaves: [1.2, 4],
    sweepSeconds: [0.008, 0.06],
    decay: [0.05, 0.35],
    attack: [0.0005, 0.003],
    noiseLevel: [0.02, 0.6],
    noiseSeconds: [0.003, 0.015],
    noiseHz: [1500, 8000],
    drive: [1, 5],
    cutoffHz: [2000, 16_000],
  },
};
const snare: Draw = {
  waves: ['triangle', 'sine'],
  knobs: {
    hz: [140, 260],
    sweepOctaves: [0.2, 1],
    sweepSeconds: [0.01, 0.04],
    toneLevel: [0.2, 0.9],
    decay: [0.05, 0.2],
    noiseLevel: [0.8, 2.5],
    noiseSeconds: [0.05, 0.25],
    noiseHz: [1200, 6000],
    noiseQ: [0.4, 1],
    drive: [1, 3],
    roomLevel: [0.02, 0.4],
    roomSeconds: [0.2, 0.8],
  },
};
const closedHat: Draw = {
  filters: ['high', 'band'],
  knobs: {
    toneLevel: [0.001, 0.002],
    noiseLevel: [1, 2],
    noiseSeconds: [0.01, 0.05],
    noiseHz: [5000, 14_000],
    noiseQ: [0.4, 3],
    cutoffHz: [4000, 10_000],
    decay: [0.01, 0.05],
    attack: [0.0005, 0.002],
  },
};
const bass: Draw = {
  waves: all,
  knobs: {
    hz: [36, 110],
    cutoffHz: [120, 1500],
    cutoffOctaves: [0.5, 3],
    cutoffSeconds: [0.05, 0.4],
    resonance: [0.6, 4],
    attack: [0.002, 0.02],
    decay: [0.15, 0.8],
    drive: [1, 4],
    hold: [0.2, 0.6],
    sustain: [0.3, 0.9],
  },
};
const stab: Draw = {
  waves: bright,
  chords: triads,
  knobs: {
    hz: [110, 330],
    voices: [1, 3],
    detuneCents: [3, 15],
    cutoffHz: [500, 5000],
    cutoffOctaves: [0.3, 2],
    cutoffSeconds: [0.05, 0.3],
    resonance: [0.6, 2.5],
    decay: [0.06, 0.3],
    attack: [0.001, 0.008],
    roomLevel: [0.02, 0.5],
    roomSeconds: [0.3, 1.2],
  },
};

/** The 18 families of which the projection of `sound-97@1` learns what varies among variants of a sound. */
export const families: readonly Family[] = [
  single('kick', kick),
  single('snare', snare),
  single('clap', {
    knobs: {
      toneLevel: [0.001, 0.002],
      noiseLevel: [1, 2],
      noiseSeconds: [0.02, 0.12],
      noiseHz: [700, 2600],
      noiseQ: [0.6, 2.5],
      bursts: [2, 4],
      burstSeconds: [0.006, 0.016],
      decay: [0.06, 0.2],
      roomLevel: [0.05, 0.5],
      roomSeconds: [0.2, 0.7],
    },
  }),
  single('closed hat', closedHat),
  single('open hat', {
    filters: ['high', 'band'],
    knobs: {
      toneLevel: [0.001, 0.002],
      noiseLevel: [1, 2],
      noiseSeconds: [0.2, 1],
      noiseHz: [5000, 13_000],
      noiseQ: [0.4, 2],
      cutoffHz: [3000, 8000],
      decay: [0.1, 0.4],
    },
  }),
  single('cymbal', {
    waves: ['square'],
    filters: ['high'],
    chords: [
      [0, 4.7, 8.3, 13.1, 17.6],
      [0, 3.9, 9.2, 15.4, 19.7],
      [0, 5.3, 11.1, 14.2],
    ],
    knobs: {
      hz: [380, 1200],
      fmRatio: [1.3, 2.8],
      fmIndex: [1, 4],
      fmSeconds: [0.3, 1],
      toneLevel: [0.2, 0.7],
      noiseLevel: [0.3, 1.2],
      noiseSeconds: [0.4, 1.2],
      noiseHz: [6000, 12_000],
      cutoffHz: [3000, 7000],
      decay: [0.2, 0.6],
    },
  }),
  single('tom', {
    waves: ['sine', 'triangle'],
    knobs: {
      hz: [75, 220],
      sweepOctaves: [0.3, 1],
      sweepSeconds: [0.03, 0.12],
      decay: [0.08, 0.4],
      noiseLevel: [0.02, 0.3],
      noiseSeconds: [0.01, 0.04],
      drive: [1, 2.5],
      roomLevel: [0.02, 0.3],
    },
  }),
  single('rim', {
    waves: ['triangle', 'square', 'sine'],
    filters: ['band', 'high', 'low'],
    chords: [[0], [0, 9.3], [0, 5.8]],
    knobs: {
      hz: [350, 1900],
      decay: [0.008, 0.05],
      attack: [0.0003, 0.001],
      noiseLevel: [0.02, 0.6],
      noiseSeconds: [0.005, 0.02],
      cutoffHz: [800, 6000],
      resonance: [0.7, 4],
    },
  }),
  single('bell', {
    waves: ['sine', 'square'],
    chords: [[0], [0, 7.1], [0, 12.2, 19.4]],
    knobs: {
      hz: [250, 1400],
      fmRatio: [1.2, 7.3],
      fmIndex: [0.4, 5],
      fmSeconds: [0.08, 0.8],
      decay: [0.1, 0.7],
      roomLevel: [0.02, 0.5],
      roomSeconds: [0.4, 1.5],
    },
  }),
  single('zap', {
    waves: all,
    filters: ['low', 'band'],
    knobs: {
      hz: [60, 900],
      sweepOctaves: [2, 6],
      sweepSeconds: [0.03, 0.25],
      fmRatio: [0.5, 3],
      fmIndex: [0.05, 4],
      decay: [0.06, 0.4],
      cutoffHz: [1000, 12_000],
      resonance: [0.7, 5],
      drive: [1, 4],
      echoLevel: [0.01, 0.5],
      echoSeconds: [0.05, 0.2],
    },
  }),
  single('bass', bass),
  single('reese', {
    waves: bright,
    knobs: {
      hz: [36, 90],
      voices: [2, 4],
      detuneCents: [10, 45],
      cutoffHz: [200, 2500],
      resonance: [0.7, 3],
      swingOctaves: [0.05, 1.5],
      swingHz: [0.5, 9],
      attack: [0.005, 0.06],
      hold: [0.6, 1.6],
      sustain: [0.7, 1],
      decay: [0.3, 1],
      drive: [1.2, 7],
      release: [0.02, 0.1],
    },
  }),
  single('pluck', {
    waves: all,
    knobs: {
      hz: [120, 900],
      cutoffHz: [250, 2500],
      cutoffOctaves: [1, 4],
      cutoffSeconds: [0.03, 0.2],
      resonance: [0.7, 5],
      decay: [0.06, 0.35],
      echoLevel: [0.01, 0.6],
      echoSeconds: [0.08, 0.3],
      roomLevel: [0.01, 0.4],
    },
  }),
  single('stab', stab),
  single('lead', {
    waves: bright,
    knobs: {
      hz: [220, 1200],
      voices: [1, 4],
      detuneCents: [4, 25],
      vibratoCents: [2, 60],
      vibratoHz: [3, 7],
      cutoffHz: [900, 8000],
      resonance: [0.7, 4],
      attack: [0.004, 0.08],
      hold: [0.3, 1.2],
      sustain: [0.6, 1],
      echoLevel: [0.01, 0.5],
      drive: [1, 5],
      fmRatio: [0.5, 3],
      fmIndex: [0.02, 2],
      fmSeconds: [0.2, 2],
    },
  }),
  single('pad', {
    waves: ['triangle', 'saw', 'square'],
    chords: triads,
    knobs: {
      hz: [90, 330],
      voices: [2, 4],
      detuneCents: [5, 25],
      cutoffHz: [300, 4000],
      swingOctaves: [0.05, 1],
      swingHz: [0.1, 1],
      attack: [0.15, 0.9],
      hold: [0.8, 2],
      sustain: [0.7, 1],
      release: [0.1, 0.35],
      roomLevel: [0.1, 0.8],
      roomSeconds: [0.8, 2],
      noiseLevel: [0.005, 0.2],
      noiseSeconds: [1, 4],
    },
  }),
  single('riser', {
    waves: bright,
    filters: ['band', 'low', 'high'],
    knobs: {
      hz: [110, 500],
      glideOctaves: [0.5, 3],
      toneLevel: [0.002, 0.5],
      noiseLevel: [0.5, 1.5],
      noiseSeconds: [3, 9],
      noiseHz: [1500, 7000],
      noiseQ: [0.3, 1],
      cutoffHz: [600, 6000],
      swingOctaves: [0.5, 2],
      swingHz: [0.1, 0.5],
      resonance: [0.7, 4],
      attack: [0.8, 2],
      hold: [0.1, 0.6],
      sustain: [0.8, 1],
      release: [0.03, 0.2],
    },
  }),
  { name: 'loop', draw: loop },
];

function single(name: string, draw: Draw): Family {
  return { name, draw: (random) => [{ patch: patchOf(draw, random), notes: [{ at: 0 }] }] };
}

function patchOf({ knobs, waves = ['sine'], filters = ['low'], chords = [[0]] }: Draw, random: Random): Patch {
  const drawn = Object.entries(knobs).map(([name, [from, to]]) => [name, from * (to / from) ** random.next()]);
  return patch({ wave: random.pick(waves), filter: random.pick(filters), chord: random.pick(chords), ...Object.fromEntries(drawn) });
}

/** Two bars of sixteenths: drums, mostly with a bass or a stab. */
function loop(random: Random): Layer[] {
  const sixteenth = 15 / random.between(85, 176);
  const places = (share: number, every: number): Note[] =>
    Array.from({ length: 16 }, (_, step) => step)
      .filter((step) => step % every === 0 || random.next() < share)
      .map((step) => ({ at: step * sixteenth, gain: random.between(0.6, 1) }));
  const melody = random.pick([
    [0, 0, 3, -2],
    [0, 7, 5, 3],
    [0, 0, 0, 12],
    [0, -5, 2, 7],
  ]);
  const tuned = (notes: Note[]) => notes.map((note, i) => ({ ...note, semitones: melody[i % melody.length]!, hold: sixteenth * 0.8 }));
  const layers: Layer[] = [
    { patch: patchOf(kick, random), notes: places(0.06, random.pick([4, 4, 8])) },
    { patch: patchOf(snare, random), notes: places(0.05, 8).map((note) => ({ ...note, at: note.at + 4 * sixteenth })), gain: 0.7 },
    { patch: patchOf(closedHat, random), notes: places(0.2, random.pick([1, 2, 4])), gain: 0.4 },
  ];
  if (random.next() < 0.6) layers.push({ patch: patchOf(bass, random), notes: tuned(places(0.3, 4)), gain: 0.7 });
  if (random.next() < 0.4) layers.push({ patch: patchOf(stab, random), notes: tuned(places(0.1, 8)), gain: 0.5 });
  return layers;
}
