import { ago } from './ago.js';

describe('a moment', () => {
  it.each([
    [59, 'just now'],
    [60, '1 min ago'],
    [7_199, '1 h ago'],
    [180_000, '2 d ago'],
    [2_678_400, 'Nov 27, 2026'],
  ])('of %d seconds before is %s', (seconds, text) =>
    expect(ago('2026-11-27T09:00:00.000Z', Date.parse('2026-11-27T09:00:00.000Z') + 1_000 * seconds)).toBe(text),
  );
});
