import { type Labelled, retrieval } from './retrieval.js';

const at = (degrees: number, label: string, group: string): Labelled => {
  const angle = (degrees * Math.PI) / 180;
  return { vector: Float32Array.of(Math.cos(angle), Math.sin(angle)), label, group };
};
const fan = (label: string, from: number, group: (i: number) => string) =>
  Array.from({ length: 7 }, (_, i) => at(from + 2 * i, label, group(i)));

describe('the retrieval of a labelled collection', () => {
  it('is complete where labels lie apart', () => {
    const clips = [...fan('a', 0, (i) => `a${i}`), ...fan('b', 90, (i) => `b${i}`)];
    expect(retrieval(clips)).toMatchObject({ precisionAt5: 1, nearest: 1, clips: 14 });
  });

  it('counts no neighbour of the same group', () => {
    const clips = [...fan('a', 0, () => 'a'), ...fan('b', 90, () => 'b')];
    expect(retrieval(clips)).toMatchObject({ precisionAt5: 0, nearest: 0 });
  });

  it('counts shares of the five nearest', () => {
    const clips = [...fan('a', 0, (i) => `a${i}`), at(3, 'b', 'x')];
    const { precisionAt5 } = retrieval(clips);
    expect(precisionAt5).toBeGreaterThan(0.6);
    expect(precisionAt5).toBeLessThan(0.9);
  });
});
