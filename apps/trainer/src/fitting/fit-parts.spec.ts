import { whyNotReproducible } from './fit-parts.js';

const part = { code: '1+a', node: 'v24.0.0', backend: 'wasm', processor: 'x64 One' };
const why = (by: (typeof part)[] | null, recipe = 'cnn', code: string | null = '1+a') => whyNotReproducible({ by }, { code }, recipe);

describe('whether a training can be done again', () => {
  it('is so where one program computed all of it on one kind of processor', () => expect(why([part])).toBeNull());

  it.each([
    ['another version', { code: '1+b' }],
    ['another Node', { node: 'v26.0.0' }],
    ['another processor', { processor: 'arm64 Two' }],
  ])('is not so where %s went on with it', (_, changes) => {
    expect(why([part, { ...part, ...changes }])).toBe('2 programs or processors computed it, one after the other');
  });

  it('does not hang on the processor where sums are the same on every one', () => {
    const parts = [part, { ...part, processor: 'arm64 Two' }];
    expect([why(parts, 'talent-mlp'), why(parts, 'random-forest')]).toEqual([null, null]);
    expect(why([part, { ...part, code: '1+b' }], 'talent-mlp')).toMatch('2 programs');
  });

  it('is not claimed of what is not known, of TensorFlow, and of a plan by another version', () => {
    expect(why(null)).toMatch('does not say');
    expect(why([part], 'cnn', null)).toMatch('does not say');
    expect(why([{ ...part, code: 'unknown' }, part])).toMatch('does not say');
    expect(why([{ ...part, backend: 'native' }])).toMatch('TensorFlow');
    expect(why([part], 'cnn', '1+b')).toBe('one version planned it, and another one computed it');
  });
});
