import { recipes } from '@earshot/learning';
import { knownPlan } from './known-plan.js';

const settings = recipes.get('cnn')!.settings.parse({});
const plan = {
  labels: ['high', 'low'],
  split: 'random',
  parts: 'tve',
  otherSplit: null,
  otherParts: null,
  groups: 0,
  groupsAcross: 0,
  counts: { training: 1, validation: 1, test: 1, lost: 0 },
  fits: 1,
  purposes: ['model'],
};
const reads = (asked: Parameters<typeof knownPlan>[0], written: object = plan) => knownPlan(asked).output.safeParse(written).success;

describe('the plan of a run, read by who is to go on with it', () => {
  it('is read where recipe and settings are known, also that of a version before', () => {
    expect(reads({ recipe: 'cnn', settings, trials: null })).toBe(true);
    expect(reads({ recipe: 'cnn', settings, trials: [settings] })).toBe(true);
  });

  it('is left to others where they are not, or the plan says more than is understood', () => {
    expect(reads({ recipe: 'of-tomorrow', settings: {}, trials: null })).toBe(false);
    expect(reads({ recipe: 'cnn', settings: { ...settings, ofTomorrow: 1 }, trials: null })).toBe(false);
    expect(reads({ recipe: 'cnn', settings, trials: [settings, { ...settings, schedule: 'of tomorrow' }] })).toBe(false);
    expect(reads({ recipe: 'cnn', settings, trials: null }, { ...plan, ofTomorrow: [] })).toBe(false);
  });
});
