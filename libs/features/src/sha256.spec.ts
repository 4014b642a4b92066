import { createHash } from 'node:crypto';
import { sha256 } from './sha256.js';

describe('SHA-256', () => {
  it.each([0, 1, 55, 56, 63, 64, 65, 1000])("of %i bytes is Node's", (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) & 255);
    expect(sha256(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});
