import { examplesOf, foldCount, labels } from './corpus.js';
import type { Recording } from './recordings.js';

const recording = (source: Recording['source'], word: string, speaker: string, name: string): Recording => ({
  source,
  word,
  speaker,
  name,
  power: new Float32Array(0),
});
const one = (...parts: Parameters<typeof recording>) => {
  const [example] = examplesOf([recording(...parts)]);
  return { part: example!.part, label: labels[example!.label], fold: example!.fold };
};

describe('what a recording is to the keyword model', () => {
  it.each([
    ['digits', 'six', 'lucas', '6_lucas_3.wav', 'real digits', 'six'],
    ['commands', 'six', '0a', '0a_nohash_0.flac', 'crowd digits', 'six'],
    ['commands', 'stop', '0a', '0a_nohash_0.flac', 'crowd commands', 'stop'],
    ['commands', 'tree', '0a', '0a_nohash_0.flac', 'crowd words', 'unknown'],
    ['commands', '_silence_', '12', '12.flac', 'noise', 'silence'],
    ['voices', 'mix', 'flite-kal', 'flite-kal-0.wav', 'near words', 'unknown'],
    ['voices', 'banana', 'flite-kal', 'flite-kal-0.wav', 'other words', 'unknown'],
    ['voices', 'go', 'flite-kal', 'flite-kal-0.wav', 'voice commands', 'go'],
    ['noises', 'music', 'drums', 'drums-3', 'music', 'unknown'],
    ['noises', 'silence', 'dither', 'dither-3', 'noise', 'silence'],
  ] as const)('%s, %s', (source, word, speaker, name, part, label) => {
    expect(one(source, word, speaker, name)).toMatchObject({ part, label });
  });

  it('is judged with all that its speaker said', () => {
    const folds = ['stop', 'go', 'six'].map((word) => one('commands', word, '0a9f9af7', '0a9f9af7_nohash_0.flac').fold);
    expect(new Set(folds).size).toBe(1);
  });
  it('is judged with all that say the same, if it is no keyword', () => {
    const folds = ['flite-kal', 'espeak-ng-en-gb+f1'].map((speaker) => one('voices', 'mix', speaker, `${speaker}-1.wav`).fold);
    expect(new Set([...folds, one('commands', 'mix', '0b', '0b_nohash_1.flac').fold]).size).toBe(1);
  });
  it('judges nothing, if it is a keyword by a synthetic voice', () => expect(one('voices', 'six', 'flite-kal', 'x-1.wav').fold).toBeNull());
  it('is in one of the folds, which are about as large', () => {
    const counts = new Array<number>(foldCount).fill(0);
    for (let n = 0; n < 400; n++) counts[one('commands', 'go', (n * 7_919_317).toString(16), 'x').fold!]!++;
    for (const count of counts) expect(count).toBeGreaterThan(60);
  });
});
