import { searchSamplesJob } from '@earshot/contracts';
import { optionsOf } from './kind-options.js';

describe('the options of a kind', () => {
  const tags = (given: string) => optionsOf(searchSamplesJob, { tags: given });

  it('take a list with commas between its entries', () => expect(tags('loop, dark')).toEqual({ tags: ['loop', 'dark'] }));
  it('take a list in JSON, whose entries may have commas in them', () => {
    expect(tags('["rock, hard"]')).toEqual({ tags: ['rock, hard'] });
  });
});
