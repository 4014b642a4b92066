import { EarshotError } from '@earshot/contracts';
import { Random } from '../random.js';
import { groupsAcrossParts, splitParts } from './split.js';

const shares = [0.7, 0.15, 0.15];
const rowsInPart = (parts: Int32Array, part: number) => [...parts.keys()].filter((row) => parts[row] === part);
const equalShares = (count: number) => new Array<number>(count).fill(1 / count);
/** 1,000 rows, labels 0 to 3 by 60, 30, 9 and 1 %. */
const labels = Int32Array.from({ length: 1000 }, (_, i) => (i % 100 < 60 ? 0 : i % 100 < 90 ? 1 : i % 100 < 99 ? 2 : 3));

describe('a stratified split', () => {
  const parts = splitParts({ labels, shares, seed: 1 });

  it.each([0, 1, 2, 3])('gives every part its share of label %d, to one row', (label) => {
    const all = rowsInPart(labels, label).length;
    shares.forEach((share, part) => {
      const count = rowsInPart(parts, part).filter((row) => labels[row] === label).length;
      expect(Math.abs(count - share * all)).toBeLessThan(1);
    });
  });

  it('gives every part its share of all rows, to one row', () => {
    for (const [part, share] of shares.entries()) expect(Math.abs(rowsInPart(parts, part).length - share * 1000)).toBeLessThan(1);
    const rare = Int32Array.from({ length: 101 }, (_, i) => i % 34); // 34 labels of 3 or 2 rows
    const thirds = splitParts({ labels: rare, shares: equalShares(3), seed: 1 });
    expect([0, 1, 2].map((part) => rowsInPart(thirds, part).length).toSorted()).toEqual([33, 34, 34]);
  });

  it('is the same for the same seed, another for another', () => {
    expect(splitParts({ labels, shares, seed: 1 })).toEqual(parts);
    expect(splitParts({ labels, shares, seed: 2 })).not.toEqual(parts);
  });

  it('leaves no row out and holds none twice', () => {
    const fifths = splitParts({ labels, shares: equalShares(5), seed: 3 });
    const rows = [0, 1, 2, 3, 4].flatMap((part) => [...rowsInPart(fifths, part)]);
    expect(rows.toSorted((a, b) => a - b)).toEqual([...labels.keys()]);
    expect(rowsInPart(fifths, 2).length).toBe(200);
  });

  it('gives each of thousands of labels its share', () => {
    const many = Int32Array.from({ length: 100_000 }, (_, row) => row % 5_000); // a pass over all rows for each would take a minute
    const held = rowsInPart(splitParts({ labels: many, shares: [0.8, 0.2], seed: 1 }), 1);
    expect(new Set(held.map((row) => many[row])).size).toBe(5_000);
    expect(held).toHaveLength(5_000 * 4);
  });

  it('refuses shares that are none, and more parts than rows', () => {
    for (const wrong of [[1], [0.5, 0.6], [1.2, -0.2]]) expect(() => splitParts({ labels, shares: wrong, seed: 1 })).toThrow(RangeError);
    expect(() => splitParts({ labels: labels.slice(0, 4), shares: equalShares(5), seed: 1 })).toThrow(EarshotError);
  });
});

describe('a split by group', () => {
  const random = new Random(5, 'spec');
  /** 60 recordings of 1 to 30 rows, each with one or two labels. */
  const rows = Array.from({ length: 60 }, (_, group) =>
    Array.from({ length: 1 + random.below(group, 30) }, (_, i) => ({
      group,
      label: (random.below(100 + group, 4) + (i % 2) * (group % 2)) % 4,
    })),
  ).flat();
  const grouped = { labels: Int32Array.from(rows, (row) => row.label), groups: Int32Array.from(rows, (row) => row.group) };
  const parts = splitParts({ ...grouped, shares, seed: 1 });

  it('has no group in two parts, and finds those of a split that has', () => {
    expect(groupsAcrossParts(parts, grouped.groups)).toEqual([]);
    expect(groupsAcrossParts(splitParts({ labels: grouped.labels, shares, seed: 1 }), grouped.groups).length).toBeGreaterThan(40);
  });

  it('gives every part nearly its share of each label', () => {
    for (const [part, share] of shares.entries()) {
      for (let label = 0; label < 4; label++) {
        const all = rowsInPart(grouped.labels, label).length;
        const count = rowsInPart(parts, part).filter((row) => grouped.labels[row] === label).length;
        expect(Math.abs(count / all - share)).toBeLessThan(0.02);
      }
    }
  });

  it('is the same for the same seed', () => expect(splitParts({ ...grouped, shares, seed: 1 })).toEqual(parts));

  it.each([1, 2, 3, 4, 5, 6])('of ten groups is nearly the best of all 1,024 (draw %d)', (seed) => {
    const draw = new Random(seed, 'small');
    const small = Array.from({ length: 10 }, (_, group) =>
      Array.from({ length: 1 + draw.below(group, 9) }, () => ({ group, label: draw.below(50 + group, 3) })),
    ).flat();
    const [ofRows, groups] = [Int32Array.from(small, (row) => row.label), Int32Array.from(small, (row) => row.group)];
    const cost = (partOf: (row: number) => number) => {
      const classes = [0, 1, 2].map((label) => (row: number) => ofRows[row] === label);
      return [...classes, () => true].reduce((sum, isIn) => {
        const all = small.filter((_, row) => isIn(row)).length;
        if (all === 0) return sum;
        return [0.7, 0.3].reduce((cost, share, part) => {
          const count = small.filter((_, row) => isIn(row) && partOf(row) === part).length;
          return cost + (count - share * all) ** 2 / all;
        }, sum);
      }, 0);
    };
    const costs = Array.from({ length: 1022 }, (_, bits) => cost((row) => ((bits + 1) >> groups[row]!) & 1)).toSorted((a, b) => a - b);
    const found = splitParts({ labels: ofRows, groups, shares: [0.7, 0.3], seed });
    expect(cost((row) => found[row]!)).toBeLessThanOrEqual(costs[2]! + 1e-9);
  });

  it('places very many groups in moments', () => {
    const ofRows = Int32Array.from({ length: 60_000 }, (_, row) => row % 7);
    const groups = Int32Array.from(ofRows, (_, row) => Math.floor(row / 1.5));
    const found = splitParts({ labels: ofRows, groups, shares: [0.68, 0.12, 0.2], seed: 1 });
    for (const [part, share] of [0.68, 0.12, 0.2].entries())
      for (let label = 0; label < 7; label++) {
        const rows = rowsInPart(ofRows, label);
        expect(rows.filter((row) => found[row] === part).length / rows.length).toBeCloseTo(share, 3);
      }
    expect(groupsAcrossParts(found, groups)).toEqual([]);
  });

  it('leaves no part empty, however large one group is', () => {
    const groups = Int32Array.from({ length: 300 }, (_, row) => Math.floor(row / 100));
    const found = splitParts({ labels: new Int32Array(300), groups, shares: [0.8, 0.1, 0.1], seed: 1 });
    expect(new Set(found).size).toBe(3);
    expect(() => splitParts({ labels: new Int32Array(300), groups, shares: [0.7, 0.1, 0.1, 0.1], seed: 1 })).toThrow(
      '3 groups cannot be split into 4 parts',
    );
  });
});
