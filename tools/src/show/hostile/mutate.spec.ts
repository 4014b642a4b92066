import { Random } from '../../random.js';
import { mutate } from './mutate.js';

const file = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);
const mutants = (seed: number) => {
  const random = new Random(seed);
  return Array.from({ length: 100 }, () => mutate(file, random).toString('base64'));
};

describe('the mutations of a file', () => {
  it('are the same for the same seed', () => expect(mutants(7)).toEqual(mutants(7)));
  it('are others for another seed', () => expect(mutants(7)).not.toEqual(mutants(8)));
  it('differ from each other', () => expect(new Set(mutants(7)).size).toBeGreaterThan(95));
  it('leave the file itself as it was', () => {
    mutate(file, new Random(1));
    expect(file[250]).toBe(250);
  });
});
