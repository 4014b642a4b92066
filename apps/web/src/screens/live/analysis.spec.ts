import { bandEdges, bandsOf, highestDb, lowestDb } from './analysis.js';

describe('the bands of the live spectrogram', () => {
  const edges = bandEdges(48_000);

  it('cover all frequencies in order', () => {
    expect(edges).toHaveLength(65);
    expect([edges[0], edges.at(-1)]).toEqual([0, 1024]);
    expect(edges).toEqual(edges.toSorted((a, b) => a - b));
  });

  it('are loud where a tone is, and silent elsewhere', () => {
    const amplitudes = new Float32Array(1024);
    amplitudes[128] = 512; // 3 kHz at full scale
    const bands = bandsOf(amplitudes, edges);
    const at = bands.indexOf(highestDb);
    expect(edges[at]).toBeLessThanOrEqual(128);
    expect(edges[at + 1]).toBeGreaterThan(128);
    expect(bands.filter((db) => db === lowestDb)).toHaveLength(63);
  });
});
