import type { Note } from '../synthesis/synthesizer.js';

/**
 * The notes of a pattern of sixteenths: `x` is one, `X` a loud one, `o` a soft one, anything else a rest. `melody` gives their pitches in turn,
 * as semitones; `hold` is in sixteenths; `swing` is how much later every second sixteenth comes, as a share of it.
 */
export function notes(
  pattern: string,
  bpm: number,
  { melody = [0], hold = 0.9, swing = 0 }: { melody?: readonly number[]; hold?: number; swing?: number } = {},
): Note[] {
  const sixteenth = 15 / bpm;
  const gains: Readonly<Record<string, number>> = { X: 1, x: 0.75, o: 0.35 };
  return [...pattern]
    .flatMap((sign, step) => {
      const gain = gains[sign];
      return gain === undefined ? [] : [{ gain, at: (step + (step % 2) * swing) * sixteenth, hold: hold * sixteenth }];
    })
    .map((note, i) => ({ ...note, semitones: melody[i % melody.length]! }));
}

/** How long a pattern is, in seconds. */
export function lengthOf(pattern: string, bpm: number): number {
  return (pattern.length * 15) / bpm;
}
