import { mutantOf } from './mutant.js';

const files = [1, 2].map((kind) => ({ name: `${kind}.wav`, bytes: Buffer.alloc(1000, kind) }));
const mutants = (seed: number, format = 'wav') =>
  Array.from({ length: 50 }, (_, number) => mutantOf({ seed, format, number }, files).toString('hex'));

describe('a mutant', () => {
  it('is known by its seed, its format and its number', () => expect(mutants(7)).toEqual(mutants(7)));
  it('is another with another seed', () => expect(mutants(7)).not.toEqual(mutants(8)));
  it('is another for another format', () => expect(mutants(7, 'mp3')).not.toEqual(mutants(7)));
  it('comes from each of the files in turn', () => {
    const mutants = [0, 1, 2, 3, 4, 5].map((number) => mutantOf({ seed: 7, format: 'wav', number }, files).toSorted());
    expect(mutants.map((sorted) => sorted[sorted.length >> 1])).toEqual([1, 2, 1, 2, 1, 2]);
  });
});
