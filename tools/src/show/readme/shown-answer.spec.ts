import { differences, shownAnswer } from './shown-answer.js';

const answered = {
  id: '01a1fde6-d162-7333-9977-9668441c169d',
  peak: 0.31597,
  names: ['a', 'b', 'c'],
  result: { format: 'wav', frames: 7 },
};

describe('an answer that a page shows shortened', () => {
  it.each([
    '{ "peak": 0.316, … }',
    '{ "id": "11111111-2222-3333-4444-555555555555", "names": ["a", …], "result": { "format": "wav", … } }',
    '{ "names": ["a", "b", "c"] }',
  ])('is %s', (text) => expect(differences(shownAnswer(text), answered)).toEqual([]));

  it.each([
    ['{ "peak": 0.317 }', ['#/peak is 0.31597']],
    ['{ "names": ["a", "b"] }', ['#/names has 3 entries']],
    ['{ "names": ["a", "b", "c", …] }', ['#/names has 3 entries']],
    ['{ "names": ["b", …], "size": 1 }', ['#/names/0 is "a"', '#/size is missing']],
    ['{ "result": { "format": "mp3", … } }', ['#/result/format is "wav"']],
    ['{ "result": ["wav"] }', ['#/result']],
  ])('is not %s', (text, found) => expect(differences(shownAnswer(text), answered)).toEqual(found));
});
