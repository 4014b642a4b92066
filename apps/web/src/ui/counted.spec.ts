import { counted } from './counted.js';

describe('a count', () => {
  it.each([
    [counted(0, 'clip'), '0 clips'],
    [counted(1, 'clip'), '1 clip'],
    [counted(2_000, 'class', 'classes'), '2,000 classes'],
  ])('is %s', (text, expected) => expect(text).toBe(expected));
});
