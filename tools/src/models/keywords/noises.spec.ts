import { noises } from './noises.js';

describe('the noises', () => {
  const list = noises(5);
  it.each([...new Map(list.map((noise) => [noise.speaker, noise]))])(
    'of the kind %s are finite, no longer than 3 s, the same again',
    async (_, noise) => {
      const samples = await noise.samplesAt(8000);
      expect(samples.every(Number.isFinite)).toBe(true);
      expect(samples.length).toBeGreaterThan(0.39 * 8000);
      expect(samples.length).toBeLessThanOrEqual(3 * 8000);
      expect(hasEqualBytes(await noise.samplesAt(8000), samples)).toBe(true); // toEqual takes seconds for so many values
    },
  );
  it('are not all alike', async () => {
    const [a, b] = list.filter(({ speaker }) => speaker === 'melody');
    expect(hasEqualBytes(await a!.samplesAt(8000), await b!.samplesAt(8000))).toBe(false);
  });
});

function hasEqualBytes(a: Float32Array, b: Float32Array): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}
