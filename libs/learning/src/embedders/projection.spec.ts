import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Random } from '../random.js';
import { toUnitLength } from './embedder.js';
import { fitProjection, project, readProjection, writeProjection } from './projection.js';

const numbers = z.array(z.number());
const golden = z
  .object({
    mean: numbers,
    scale: numbers,
    limits: numbers,
    triangle: z.base64(),
    clips: z.record(z.string(), z.object({ descriptors: numbers, embedding: numbers })),
  })
  .parse(JSON.parse(readFileSync(new URL('../../golden/sound-97.json', import.meta.url), 'utf8')));

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);

describe('a projection', () => {
  it("gives the reference's cosines by the reference's fit", () => {
    const triangle = new Float32Array(Uint8Array.from(atob(golden.triangle), (char) => char.charCodeAt(0)).buffer);
    const [mean, scale, limits] = [golden.mean, golden.scale, golden.limits].map((values) => Float64Array.from(values));
    const clips = Object.values(golden.clips);
    const ours = clips.map(({ descriptors }) =>
      toUnitLength(project(Float32Array.from(descriptors), { mean: mean!, scale: scale!, limits: limits!, triangle })),
    );
    clips.forEach((a, i) => {
      clips.forEach((b, j) => {
        expect(cosine(ours[i]!, ours[j]!)).toBeCloseTo(cosine(a.embedding, b.embedding), 4);
      });
    });
  });

  /** Presets that differ in the second entry, variants that differ in the first a lot and in the third with the first. */
  const random = new Random(5);
  const presets = Array.from({ length: 600 }, (_, i) => Math.floor(i / 6));
  const vectors = presets.map((preset, i) => {
    const drift = random.normal(i);
    return Float32Array.of(
      10 * drift,
      3 * random.normal(10_000 + preset) + 0.1 * random.normal(1000 + i),
      drift + 0.1 * random.normal(2000 + i),
    );
  });
  const fitted = fitProjection(vectors, presets, [1, 1, 1]);

  it('makes what varies within presets equally small in all directions, but for the shrinkage', () => {
    const spread = [0, 0, 0];
    const projected = vectors.map((vector) => project(vector, fitted));
    projected.forEach((row, i) => {
      const siblings = projected.filter((_, j) => presets[j] === presets[i]);
      row.forEach((value, axis) => {
        spread[axis]! += (value - siblings.reduce((sum, sibling) => sum + sibling[axis]!, 0) / siblings.length) ** 2 / vectors.length;
      });
    });
    // where nothing varies within presets, the shrinkage is all there is
    expect(spread[0]).toBeCloseTo(1, 1);
    for (const value of spread) expect(value).toBeLessThan(1.12);
  });

  it('lets presets be told apart where only they differ', () => {
    const share = (pick: (a: number, b: number) => boolean) => {
      const directions = vectors.slice(0, 120).map((vector) => toUnitLength(project(vector, fitted)));
      const cosines = directions.flatMap((a, i) =>
        directions.flatMap((b, j) => (i < j && pick(presets[i]!, presets[j]!) ? [cosine(a, b)] : [])),
      );
      return cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    };
    expect(share((a, b) => a === b) - share((a, b) => a !== b)).toBeGreaterThan(0.5);
  });

  it('weighs an entry by the size of its group, and cuts it off at four deviations', () => {
    const { scale, limits } = fitProjection(vectors, presets, [16, 1, 1]);
    expect(scale[0]! / fitted.scale[0]!).toBeCloseTo(2, 10);
    expect(limits[0]).toBe(2);
    expect(project(Float32Array.of(1e6, 0, 0), fitted)).toEqual(project(Float32Array.of(1e9, 0, 0), fitted));
  });

  it('is refused for an entry that never changes', () =>
    expect(() => fitProjection([Float32Array.of(1, 2), Float32Array.of(1, 3)], [0, 0], [1, 1])).toThrow('entry 0'));

  it('is the same after writing and reading', () => {
    const { projection, metadata } = readProjection(writeProjection(fitted, { seed: '5' }));
    expect(projection).toEqual(fitted);
    expect(metadata).toEqual({ seed: '5' });
  });

  it('is not read from tensors that are none', () => {
    const broken = { ...fitted, triangle: fitted.triangle.slice(1) };
    expect(() => readProjection(writeProjection(broken, {}))).toThrow('MODEL_INVALID');
  });
});
