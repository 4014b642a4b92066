import { permutedBaseline, permutedLabels } from './permuted-labels.js';

const labels = Int32Array.from({ length: 300 }, (_, row) => (row % 10 < 7 ? 0 : 1));

describe('permuted labels', () => {
  const permuted = permutedLabels(labels, 1);
  const agreement = permuted.filter((label, row) => label === labels[row]).length / 300;

  it('are as many of each, at other rows', () => {
    expect(permuted.toSorted()).toEqual(labels.toSorted());
    expect(Math.abs(agreement - (0.7 ** 2 + 0.3 ** 2))).toBeLessThan(0.1);
  });

  it('stay whole in groups of one label', () => {
    const groups = Int32Array.from({ length: 300 }, (_, row) => Math.floor(row / 10));
    const byGroup = groups.map((group) => group % 3);
    const dealt = permutedLabels(byGroup, 1, groups);
    groups.forEach((group, row) => {
      expect(dealt[row]).toBe(dealt[10 * group]);
    });
    expect(dealt).not.toEqual(byGroup);
    expect(dealt.toSorted()).toEqual(byGroup.toSorted());
  });

  it('move by row as soon as one group has two labels', () => {
    const groups = new Int32Array(300);
    expect(permutedLabels(labels, 1, groups)).toEqual(permuted);
  });

  it('give the scores that chance reaches, and how likely it reaches ours', async () => {
    const train = (dealt: Int32Array) => Promise.resolve(dealt.filter((label, row) => label === labels[row]).length / 300);
    const baseline = await permutedBaseline(0.99, labels, { repeats: 19, seed: 1, train });
    expect(baseline.scores.length).toBe(19);
    expect(baseline.mean).toBeCloseTo(0.58, 1);
    expect(baseline.pValue).toBe(1 / 20);
    expect((await permutedBaseline(0, labels, { repeats: 19, seed: 1, train })).pValue).toBe(1);
  });
});
