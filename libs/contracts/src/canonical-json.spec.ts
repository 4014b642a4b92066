import { canonicalJson } from './canonical-json.js';

describe('canonical JSON', () => {
  it('is the same for equal values', () =>
    expect(canonicalJson({ b: [1, { d: 'x', c: null }], a: undefined })).toBe(canonicalJson({ b: [1, { c: null, d: 'x' }] })));
  it('is JSON', () => expect(canonicalJson({ b: 1, a: ['"', 0.5, true] })).toBe('{"a":["\\"",0.5,true],"b":1}'));
  it('differs where values do', () => expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1])));
});
