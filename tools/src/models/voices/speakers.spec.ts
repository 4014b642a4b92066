import { utterances } from './speakers.js';
import { commands, digits, nearWords, otherWords } from './words.js';

const variants = ['f1', 'm1', 'Demonic', 'robosoft2'];

describe('what synthetic voices say', () => {
  const all = utterances(11, variants);

  it('is the same list for the same seed', () => {
    expect(utterances(11, variants)).toEqual(all);
    expect(utterances(12, variants)).not.toEqual(all);
  });
  it('is said by nobody whom no one would take for a person', () =>
    expect(all.filter(({ speaker }) => /Demonic|robosoft/.test(speaker))).toEqual([]));
  it('has every keyword some hundred times, and several hundred other words', () => {
    const counts = new Map<string, number>();
    for (const { word } of all) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const word of [...digits, ...commands]) expect(counts.get(word)).toBeGreaterThan(200);
    expect(counts.size).toBeGreaterThan(600);
  });
  it('has no unknown word that is a keyword, or is spoken as one', () => {
    const unknown = [...Object.values(nearWords), otherWords].flatMap((words) => words.split(' '));
    const asKeywords = [...digits, ...commands, 'for', 'fore', 'won', 'to', 'too', 'ate', 'know', 'write', 'wright', 'rite', 'knows'];
    expect(unknown.filter((word) => asKeywords.includes(word))).toEqual([]);
  });
});
