import { layerNames } from '@earshot/sandbox';
import { adviceOf } from './advice.js';

describe('the advice of earshot doctor', () => {
  it('has a line for each layer, and none is lacking on a machine that has all', () => {
    const lines = adviceOf({ has: new Set(layerNames), lacks: new Map() });
    expect(lines).toHaveLength(layerNames.length + 1);
    expect(lines.filter((line) => line.startsWith('lacking'))).toEqual([]);
  });

  it('says why a layer is lacking, and what it wants', () => {
    const has = new Set(layerNames.filter((layer) => layer !== 'privileges'));
    const lines = adviceOf({ has, lacks: new Map([['privileges', 'spawn setpriv ENOENT']]) });
    expect(lines.find((line) => line.startsWith('lacking'))).toMatch(/privileges: .*ENOENT.*wants setpriv/);
  });
});
