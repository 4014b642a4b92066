import { sharedBatches } from './batches.js';
import { type Example, labels, type Part, parts } from './corpus.js';

const example = (part: Part, word: string, name: string): Example => ({
  source: 'voices',
  part,
  word,
  name,
  speaker: name,
  label: labels.indexOf(word),
  fold: null,
  power: new Float32Array(40),
});
const examples = [
  ...Array.from({ length: 90 }, (_, n) => example('voice digits', 'six', `six-${n}`)),
  ...Array.from({ length: 10 }, (_, n) => example('voice digits', 'two', `two-${n}`)),
  ...Array.from({ length: 50 }, (_, n) => example('near words', 'mix', `mix-${n}`)),
];
const none = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>; // of what is named below, nothing else

describe('the batches of the keyword model', () => {
  const { rows, perEpoch } = sharedBatches(examples, { ...none, 'voice digits': 6, 'near words': 2 }, 500, 1);
  const all = Array.from({ length: perEpoch }, (_, index) => [...rows(0, index)]);

  it('have a fixed share of every part', () => {
    for (const batch of all) {
      expect(batch.filter((row) => examples[row]!.part === 'voice digits')).toHaveLength(6);
      expect(batch).toHaveLength(8);
    }
  });
  it('have every word of a part equally often, however many recordings of it there are', () => {
    const drawn = all.flat().filter((row) => examples[row]!.part === 'voice digits');
    expect(drawn.filter((row) => examples[row]!.word === 'two').length / drawn.length).toBeCloseTo(0.5, 1);
  });
  it('have them in any order', () => {
    const firsts = all.map(([first]) => examples[first!]!.part);
    expect(firsts.filter((part) => part === 'near words').length / all.length).toBeCloseTo(2 / 8, 1);
  });
  it('have every recording', () => expect(new Set(all.flat()).size).toBe(examples.length));
  it('are the same again for the same step, and others for another', () => {
    expect(rows(0, 7)).toEqual(rows(0, 7));
    expect(rows(0, 7)).not.toEqual(rows(0, 8));
    expect(rows(1, 7)).not.toEqual(rows(0, 7));
  });
  it('are refused where there is nothing to draw from', () => {
    expect(() => sharedBatches(examples, { ...none, music: 1 }, 1, 1)).toThrow('music');
  });
});
