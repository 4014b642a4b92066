import { z } from 'zod';
import { parseTexts, valuesOf } from './from-text.js';

const shape = {
  loud: z.boolean().optional(),
  count: z.int().min(1).default(5),
  names: z.array(z.union([z.string(), z.record(z.string(), z.unknown())])).optional(),
  extra: z.record(z.string(), z.unknown()).optional(),
  limit: z
    .int()
    .default(3)
    .transform((value) => Math.min(value, 10)),
  word: z.string().optional(),
  sizes: z.array(z.number()).optional(),
};
const schema = z.strictObject(shape);

describe('options that come as text', () => {
  it('take the form that their schema wants', () =>
    expect(parseTexts(schema, { loud: 'true', count: '2', names: 'a, b', extra: '{"x":1}', limit: '50', word: '12' })).toEqual({
      loud: true,
      count: 2,
      names: ['a', 'b'],
      extra: { x: 1 },
      limit: 10,
      word: '12',
    }));

  it('have the defaults of their schema', () => expect(parseTexts(schema, {})).toEqual({ count: 5, limit: 3 }));

  it.each<[string | string[], unknown]>([
    ['a', ['a']],
    [
      ['a', 'b,c'],
      ['a', 'b', 'c'],
    ],
    ['["a","b"]', ['a', 'b']],
    ['{"x":[1,2]}', [{ x: [1, 2] }]],
    ['', []],
  ])('make a list of %j', (sent, list) => expect(valuesOf(shape, { names: sent })).toEqual({ names: list }));

  it('make a list of numbers where the entries are numbers', () =>
    expect(valuesOf(shape, { sizes: '1, 2.5' })).toEqual({ sizes: [1, 2.5] }));

  it.each([
    [{ sizes: '1,few' }, '#/sizes must be a number'],
    [{ 'a/b': ['1', '2'] }, '#/a~1b must be given once'],
    [Object.fromEntries([['__proto__', '1']]), '#/__proto__ is not a known field'],
    [{ loud: 'yes' }, '#/loud must be true or false'],
    [{ count: 'few' }, '#/count must be a number'],
    [{ count: '' }, '#/count must be a number'],
    [{ count: ['1', '2'] }, '#/count must be given once'],
    [{ extra: '{' }, '#/extra must be JSON'],
    [{ names: '[1' }, '#/names must be JSON'],
    [{ volume: '1' }, '#/volume is not a known field'],
    [{ word: 'a\0' }, '#/word must be well-formed text without NUL'],
    [{ names: '["\\u0000"]' }, '#/names/0 must be well-formed text without NUL'],
  ])('are refused as %j', (texts, message) => expect(() => parseTexts(schema, texts)).toThrow(message));
});
