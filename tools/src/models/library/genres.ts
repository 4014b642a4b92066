import type { Random } from '../../random.js';
import { type Patch, patch } from '../synthesis/patch.js';
import type { Layer } from '../synthesis/synthesizer.js';
import type { Kit } from './kit.js';
import { lengthOf, notes } from './pattern.js';

/** What one loop is made of. */
export interface Loop {
  layers: Layer[];
  seconds: number;
}

/** A genre of the demonstration library: its tempo, how hard its drums are, and its loops. */
export interface Genre {
  readonly name: string;
  readonly bpm: readonly [number, number];
  readonly hardness: number;
  loop(kit: Kit, bpm: number, part: Part, random: Random): Loop;
}

/** What of the music a loop has. */
export const parts = ['full', 'beat', 'bass', 'melody', 'more'] as const;
export type Part = (typeof parts)[number];

const minor = [0, 3, 5, 7, 10] as const;

export const genres: readonly Genre[] = [
  { name: 'ambient', bpm: [68, 84], hardness: 0, loop: ambient },
  { name: 'drum_and_bass', bpm: [171, 176], hardness: 0.5, loop: drumAndBass },
  { name: 'dubstep', bpm: [139, 141], hardness: 0.8, loop: dubstep },
  { name: 'house', bpm: [121, 126], hardness: 0.15, loop: house },
  { name: 'techno', bpm: [130, 136], hardness: 0.9, loop: techno },
  { name: 'trance', bpm: [137, 141], hardness: 0.4, loop: trance },
];

/** Chords that swell, bells far apart, air: nothing that beats. */
function ambient(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const held = (voice: Patch, semitones: number, gain: number): Layer => ({ patch: voice, notes: [{ at: 0, semitones, hold: 1.6 }], gain });
  const root = random.pick(minor);
  const bells: Layer = {
    patch: kit.bell,
    notes: notes(random.pick(['o.......o..', '..o....o...', 'o....o.....']), bpm, { melody: melody(random, 4) }),
    gain: 0.35,
  };
  const layers: Record<Part, Layer[]> = {
    full: [held(kit.pad, root, 0.8), bells],
    beat: [held(kit.air, 0, 0.5), held(kit.pad, root - 12, 0.4)],
    bass: [held(patch({ ...kit.sub, hz: 2 * kit.sub.hz, attack: 0.5, release: 0.25 }), root, 0.8), held(kit.pad, root - 12, 0.4)],
    melody: [bells, held(kit.air, 0, 0.08)],
    more: [held(kit.pad, root, 0.6), held(kit.pad, random.pick(minor) + 12, 0.3), held(kit.air, 0, 0.12)],
  };
  return { layers: layers[part], seconds: 2.4 };
}

/** Broken beats with ghost notes at some 174 a minute, over a growling bass. Two bars. */
function drumAndBass(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const kick = random.pick(['X.........x.....X.........x.....', 'X.........X.....X..x......x.....', 'X.x.......x.....X.........X.....']);
  const snare = random.pick(['....X..o.o..X..o....X..o.o..X.oo', '....X.......X..o....X....o..X...', '....X..o....X.......X.oo....X..o']);
  const hats = random.pick(['x.o.x.o.x.o.x.o.x.o.x.o.x.o.x.o.', 'xoxoxoxoxoxoxoxoxoxoxoxoxoxoxoxo', 'x.x.x.xxx.x.x.x.x.x.x.xxx.x.x.xx']);
  const growl = random.pick(['X.......x.......X.....x...x.....', 'X...............X.......x.......', 'X.....x.....x...X.....x.....x...']);
  const beat: Layer[] = [
    { patch: kit.kick, notes: notes(kick, bpm) },
    { patch: kit.snare, notes: notes(snare, bpm), gain: 0.8 },
    { patch: kit.hat, notes: notes(hats, bpm), gain: 0.35 },
  ];
  const bass: Layer[] = [
    { patch: kit.reese, notes: notes(growl, bpm, { melody: melody(random, 3), hold: 6 }), gain: 0.5 },
    { patch: kit.sub, notes: notes(growl, bpm, { hold: 6 }), gain: 0.35 },
  ];
  const layers: Record<Part, Layer[]> = {
    full: [...beat, ...bass],
    beat,
    bass: [...bass, { patch: kit.hat, notes: notes(hats, bpm), gain: 0.15 }],
    melody: [...beat, { patch: kit.stab, notes: notes('x..x......x.....x..x............', bpm, { melody: melody(random, 3) }), gain: 0.4 }],
    more: [...beat, ...bass, { patch: kit.rim, notes: notes('..o..o....o..o....o..o....o..o..', bpm), gain: 0.4 }],
  };
  return { layers: layers[part], seconds: lengthOf(kick, bpm) };
}

/** Half time at 140, with a bass whose filter swings in beats. */
function dubstep(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const kick = random.pick(['X.....x.........', 'X..........x....', 'X.x.......x.....']);
  const snare = '........X.......';
  const hats = random.pick(['x...x...x...x.x.', '..x...x...x...xx', 'x..x..x.x..x..x.']);
  const swings = () => patch({ ...kit.wobble, swingHz: (bpm / 60) * random.pick([1, 1.5, 2, 3]) });
  const line = random.pick(['X.......X.......', 'X.....x.X...x...', 'X...x...........']);
  const beat: Layer[] = [
    { patch: kit.kick, notes: notes(kick, bpm) },
    { patch: kit.snare, notes: notes(snare, bpm), gain: 0.9 },
    { patch: kit.clap, notes: notes(snare, bpm), gain: 0.5 },
    { patch: kit.hat, notes: notes(hats, bpm), gain: 0.25 },
  ];
  const bass: Layer[] = [
    { patch: swings(), notes: notes(line, bpm, { melody: melody(random, 2), hold: 5 }), gain: 0.7 },
    { patch: kit.sub, notes: notes(line, bpm, { hold: 5 }), gain: 0.5 },
  ];
  const layers: Record<Part, Layer[]> = {
    full: [...beat, ...bass],
    beat: [...beat, { patch: kit.sub, notes: notes('X...............', bpm, { hold: 12 }), gain: 0.5 }],
    bass,
    melody: [...beat, { patch: swings(), notes: notes('X...x...x...x...', bpm, { melody: [12, 15, 10, 7], hold: 3 }), gain: 0.5 }],
    more: [...beat, ...bass, { patch: kit.air, notes: [{ at: 0, hold: 1.4 }], gain: 0.1 }],
  };
  return { layers: layers[part], seconds: lengthOf(kick, bpm) };
}

/** Four to the floor, a clap on two and four, hats between the beats, chords that swing. */
function house(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const swing = random.between(0.08, 0.22);
  const chords = random.pick(['..x..x....x..x..', 'x..x..x...x.....', '..x...x..x....x.']);
  const line = random.pick(['..x...x...x..xx.', 'x..x..x.x..x..x.', '..X..x..x...X.x.']);
  const beat: Layer[] = [
    { patch: kit.kick, notes: notes('X...X...X...X...', bpm) },
    { patch: kit.clap, notes: notes('....x.......x...', bpm), gain: 0.55 },
    { patch: kit.openHat, notes: notes('..x...x...x...x.', bpm), gain: 0.3 },
    { patch: kit.hat, notes: notes(random.pick(['xoxoxoxoxoxoxoxo', 'x.ox.xo.x.ox.xo.']), bpm, { swing }), gain: 0.2 },
  ];
  const bass: Layer = {
    patch: patch({ ...kit.plucked, hz: 2 * kit.sub.hz, echoLevel: 0, decay: 0.14 }),
    notes: notes(line, bpm, { melody: melody(random, 4), swing }),
    gain: 0.6,
  };
  const stabs: Layer = { patch: kit.stab, notes: notes(chords, bpm, { melody: [0, 0, -2, 3], swing }), gain: 0.45 };
  const layers: Record<Part, Layer[]> = {
    full: [...beat, bass, stabs],
    beat,
    bass: [beat[0]!, bass, beat[2]!],
    melody: [stabs, ...beat.slice(1)],
    more: [...beat, stabs, { patch: kit.rim, notes: notes('...x..x....x..x.', bpm, { swing }), gain: 0.3 }],
  };
  return { layers: layers[part], seconds: lengthOf(chords, bpm) };
}

/** A driven kick with a rumble behind it, sixteenths, rims, an acid line: dark and without chords. */
function techno(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const rims = random.pick(['..x..x....x..x..', '...x...x..x....x', 'x..x..x..x..x.x.']);
  const acid: Layer = {
    patch: kit.acid,
    notes: notes(random.pick(['x.xxX.x.xx.xX.x.', 'xx.xx.Xxx.xx.xX.', 'X..x..X.x..X..x.']), bpm, { melody: [0, 0, 12, 0, 3, 0, 0, -2] }),
    gain: 0.45,
  };
  const rumble: Layer = {
    patch: patch({ ...kit.sub, drive: 3, roomLevel: 0.6, roomSeconds: 0.5 }),
    notes: notes('.oxo.oxo.oxo.oxo', bpm),
    gain: 0.3,
  };
  const beat: Layer[] = [
    { patch: kit.kick, notes: notes('X...X...X...X...', bpm) },
    rumble,
    { patch: kit.hat, notes: notes(random.pick(['xoxoxoxoxoxoxoxo', 'oxxxoxxxoxxxoxxx']), bpm), gain: 0.22 },
    { patch: kit.rim, notes: notes(rims, bpm), gain: 0.35 },
  ];
  const layers: Record<Part, Layer[]> = {
    full: [...beat, acid],
    beat,
    bass: [beat[0]!, rumble, { patch: kit.openHat, notes: notes('..x...x...x...x.', bpm), gain: 0.2 }],
    melody: [acid, beat[2]!],
    more: [
      ...beat,
      {
        patch: patch({ ...kit.bell, hz: 3 * kit.sub.hz, fmRatio: 1.41, fmIndex: 3, decay: 0.08 }),
        notes: notes('..x..x..x..x..x.', bpm, { melody: [0, 1] }),
        gain: 0.4,
      },
    ],
  };
  return { layers: layers[part], seconds: lengthOf(rims, bpm) };
}

/** Detuned saws in broken chords over a bass between the beats. */
function trance(kit: Kit, bpm: number, part: Part, random: Random): Loop {
  const arpeggio: Layer = {
    patch: kit.supersaw,
    notes: notes(random.pick(['xxxxxxxxxxxxxxxx', 'x.xx.xx.x.xx.xxx', 'xx.xxx.xxx.xxx.x']), bpm, {
      melody: random.pick([
        [0, 7, 12, 15],
        [12, 7, 3, 7],
        [0, 12, 3, 15, 7, 19],
      ]),
    }),
    gain: 0.5,
  };
  const bass: Layer = {
    patch: patch({ ...kit.plucked, wave: 'saw', hz: 2 * kit.sub.hz, echoLevel: 0 }),
    notes: notes('..x...x...x...x.', bpm),
    gain: 0.6,
  };
  const rolling: Layer = { ...bass, notes: notes('.xxx.xxx.xxx.xxx', bpm) };
  const beat: Layer[] = [
    { patch: kit.kick, notes: notes('X...X...X...X...', bpm) },
    { patch: kit.clap, notes: notes('....x.......x...', bpm), gain: 0.35 },
    { patch: kit.openHat, notes: notes('..x...x...x...x.', bpm), gain: 0.35 },
  ];
  const pad: Layer = { patch: patch({ ...kit.pad, cutoffHz: 2500, attack: 0.05 }), notes: [{ at: 0, hold: 1.5 }], gain: 0.35 };
  const layers: Record<Part, Layer[]> = {
    full: [...beat, bass, arpeggio],
    beat: [...beat, rolling],
    bass: [beat[0]!, rolling, beat[2]!, pad],
    melody: [arpeggio, pad],
    more: [...beat, bass, arpeggio, pad],
  };
  return { layers: layers[part], seconds: (16 * 15) / bpm };
}

function melody(random: Random, count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i === 0 ? 0 : random.pick(minor)));
}
