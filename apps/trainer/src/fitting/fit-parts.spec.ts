import { whyNotReproducible } from './fit-parts.js';

const part = { code: '1+a', node: 'v24.0.0', backend: 'wasm', processor: 'x64 One' };
const fitted = (by: (typeof part)[] | null, changes: object = {}) => ({
  purpose: 'model' as const,
  by,
  end: 'epochs' as const,
  ...changes,
});
const why = (by: (typeof part)[] | null, recipe = 'cnn', code: string | null = '1+a') => whyNotReproducible([fitted(by)], { code }, recipe);

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
    expect(why([part], 'cnn', 'unknown')).toMatch('does not say');
    expect(why([{ ...part, code: 'unknown' }, part])).toMatch('does not say');
    expect(why([{ ...part, backend: 'native' }])).toMatch('TensorFlow');
    expect(why([part], 'cnn', '1+b')).toBe('one version planned it, and another one computed it');
  });

  it.each([
    ['stopped', 'it was stopped by a request, wherever it was then'],
    ['time budget', 'its time budget ended it, wherever it was then'],
    ['early stopping', null],
  ])('hangs on what ended it: %s', (end, answer) => {
    expect(whyNotReproducible([fitted([part], { end })], { code: part.code }, 'talent-mlp')).toBe(answer);
  });

  it('hangs on all trials of a search, and on nothing that was trained beside the model', () => {
    const [trial, other] = [{ purpose: 'trial' }, { ...part, processor: 'arm64 Two' }];
    const search = (...changes: object[]) => [fitted([part], trial), fitted([part], { ...trial, ...changes[0] })];
    const of = (fits: ReturnType<typeof search>) => whyNotReproducible(fits, { code: part.code }, 'cnn');
    expect(of(search())).toBeNull();
    expect(of(search({ by: [other] }))).toBe('2 programs or processors computed its trials');
    expect(of(search({ by: null }))).toMatch('does not say');
    expect(of(search({ end: 'time budget' }))).toMatch('time budget');
    expect(of([fitted([part]), fitted([other], { purpose: 'other split', end: 'time budget' })])).toBeNull();
  });
});
