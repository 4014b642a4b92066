import { examplesOf, labels } from './corpus.js';
import type { Recording } from './recordings.js';
import { splicesOf } from './splices.js';

const bands = 40;
/** Every frame of every band has the frame's number, from `first` on. */
const spoken = (source: Recording['source'], word: string, speaker: string, first: number, frames = 20): Recording => ({
  source,
  word,
  speaker,
  name: `${word}-${speaker}`,
  power: Float32Array.from({ length: bands * frames }, (_, i) => first + (i % frames)),
});
const frameOf = ({ power }: Recording, frame: number) => power[frame]!;

describe('words that people never said', () => {
  const recordings = [
    spoken('digits', 'six', 'lucas', 1000),
    spoken('digits', 'two', 'lucas', 1000, 30),
    spoken('commands', 'stop', '0a9f9af7', 1000),
    spoken('commands', 'tree', '0a9f9af7', 1000),
    spoken('voices', 'six', 'flite-kal', 1000),
  ];
  const made = splicesOf(recordings, 1);

  it('join the beginning of one keyword to the end of another of the same speaker', () => {
    const joined = made.filter(({ word }) => word.startsWith('spliced'));
    expect(joined.map(({ name }) => name)).toEqual(['six-lucas + two-lucas', 'two-lucas + six-lucas']); // nothing to join to `stop`
    const [first] = joined;
    const frames = first!.power.length / bands;
    expect(frameOf(first!, 0)).toBe(1000);
    expect(frameOf(first!, frames - 1)).toBeCloseTo(1029 * (1009.5 / 1014.5), 1); // the end of `two`, as loud as `six`
    expect(frames).toBeGreaterThan(16);
    expect(frames).toBeLessThan(34);
  });
  it('are keywords backwards, but those that are one again', () => {
    const [six] = made.filter(({ word }) => word === 'backwards digits');
    expect([frameOf(six!, 0), frameOf(six!, 19)]).toEqual([1019, 1000]);
    expect(splicesOf([spoken('commands', 'on', '0a', 0)], 1)).toEqual([]);
  });
  it('are unknown, and heard only by models that hear their speaker', () => {
    for (const { label, part, fold, speaker } of examplesOf(made)) {
      expect([labels[label], part]).toEqual(['unknown', 'made words']);
      expect(fold).toBe(examplesOf(recordings).find((example) => example.speaker === speaker)!.fold);
    }
  });
  it('are the same for the same seed', () => {
    expect(splicesOf(recordings, 1)).toEqual(made);
    expect(splicesOf(recordings, 2)).not.toEqual(made);
  });
});
