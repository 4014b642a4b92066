import type { Random } from '../../random.js';
import { type Patch, patch } from '../synthesis/patch.js';
import type { Layer, Note } from '../synthesis/synthesizer.js';
import { type Draw, draws } from './draws.js';

/** A kind of electronic sound; a preset is drawn from it. */
interface Family {
  readonly name: string;
  draw(random: Random): Layer[];
}

/** The 18 families of which the projection of `sound-97@1` learns what varies among variants of a sound. */
export const families: readonly Family[] = [
  ...Object.entries(draws).map(([name, draw]) => ({
    name,
    draw: (random: Random): Layer[] => [{ patch: patchOf(draw, random), notes: [{ at: 0 }] }],
  })),
  { name: 'loop', draw: loop },
];

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
    { patch: patchOf(draws.kick, random), notes: places(0.06, random.pick([4, 4, 8])) },
    { patch: patchOf(draws.snare, random), notes: places(0.05, 8).map((note) => ({ ...note, at: note.at + 4 * sixteenth })), gain: 0.7 },
    { patch: patchOf(draws['closed hat'], random), notes: places(0.2, random.pick([1, 2, 4])), gain: 0.4 },
  ];
  if (random.next() < 0.6) layers.push({ patch: patchOf(draws.bass, random), notes: tuned(places(0.3, 4)), gain: 0.7 });
  if (random.next() < 0.4) layers.push({ patch: patchOf(draws.stab, random), notes: tuned(places(0.1, 8)), gain: 0.5 });
  return layers;
}

function patchOf({ knobs, waves = ['sine'], filters = ['low'], chords = [[0]] }: Draw, random: Random): Patch {
  const drawn = Object.entries(knobs).map(([name, [from, to]]) => [name, from * (to / from) ** random.next()]);
  return patch({ wave: random.pick(waves), filter: random.pick(filters), chord: random.pick(chords), ...Object.fromEntries(drawn) });
}
