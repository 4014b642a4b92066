import { effects } from '@earshot/contracts';
import { effectWriters } from './effect-writers.js';

describe('the writers of effects', () => {
  it('are one for each effect', () => {
    expect(effects.length).toBeGreaterThan(0);
    expect(effectWriters.map(({ effect }) => effect.name).sort()).toEqual(effects.map(({ name }) => name).sort());
  });
});
