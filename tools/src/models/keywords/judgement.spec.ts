import { type Example, labels, type Part } from './corpus.js';
import { answer, calibrationError, figuresOf } from './judgement.js';

const row = (scores: Record<string, number>) => Float32Array.from(labels, (label) => scores[label] ?? 0);
const example = (part: Part, word: string, label: string, speaker: string): Example => ({
  source: part.startsWith('crowd') ? 'commands' : part === 'real digits' ? 'digits' : 'voices',
  part,
  word,
  speaker,
  name: `${word}-${speaker}`,
  label: labels.indexOf(label),
  fold: 0,
  power: new Float32Array(0),
});
const judged = (rows: [Example, Record<string, number>][]) => ({
  examples: rows.map(([one]) => one),
  probabilities: Float32Array.from(rows.flatMap(([, scores]) => [...row(scores)])),
});

describe('the answer', () => {
  it('is the most probable keyword', () => expect(answer(row({ six: 0.5, eight: 0.4 }), 0.3)).toBe(labels.indexOf('six')));
  it('is one that reaches the threshold even if unknown is more probable', () =>
    expect(answer(row({ six: 0.4, unknown: 0.6 }), 0.3)).toBe(labels.indexOf('six')));
  it('is none where no keyword reaches it', () => expect(answer(row({ six: 0.2, silence: 0.8 }), 0.3)).toBeNull());
});

describe('the figures', () => {
  const { digitsAmongTen, digitsOfAll, commandsAmongTen, twelveClasses, refused } = figuresOf(
    judged([
      [example('real digits', 'six', 'six', 'a'), { six: 0.4, unknown: 0.6 }],
      [example('real digits', 'two', 'two', 'b'), { go: 0.9, two: 0.1 }],
      [example('crowd commands', 'go', 'go', 'c'), { go: 0.4, no: 0.3, three: 0.3 }],
      [example('crowd commands', 'no', 'no', 'd'), { go: 0.7, no: 0.3 }],
      [example('crowd digits', 'one', 'one', 'd'), { two: 0.8, one: 0.2 }],
      [example('near words', 'mix', 'unknown', 'e'), { six: 0.8, unknown: 0.2 }],
      [example('near words', 'mix', 'unknown', 'f'), { six: 0.1, unknown: 0.9 }],
    ]),
    0.3,
  );
  it('count digits among the ten, and among all labels', () => expect([digitsAmongTen.value, digitsOfAll.value]).toEqual([1, 0]));
  it('count commands among the ten', () => expect(commandsAmongTen).toMatchObject({ value: 0.5, rows: 2, groups: 2, baseline: 0.5 }));
  it('take any digit for an unknown word where there are twelve classes', () => expect(twelveClasses.value).toBeCloseTo(2 / 3, 6));
  it('count how often other words are refused, by the word', () =>
    expect(refused['nearRhymes']).toMatchObject({ value: 0.5, rows: 2, groups: 1 }));
});

describe('the calibration error', () => {
  it('is that of recordings of people alone', () => {
    const rows: [Example, Record<string, number>][] = [
      [example('crowd commands', 'go', 'go', 'c'), { go: 1 }],
      [example('near words', 'mix', 'unknown', 'e'), { six: 1 }],
    ];
    expect(calibrationError(judged(rows))).toBe(0);
  });
});
