import type { DatasetColumns } from '../rows/dataset-columns.js';
import { planOf } from './plan.js';

const asked = {
  seed: 42,
  testShare: 0.2,
  validationShare: 0.15,
  split: null,
  testGroups: null,
  testFold: null,
  validationFold: null,
  compareSplits: true,
  permutedBaseline: false,
  trials: null,
};

/** 120 clips of two labels in 30 recordings, and in five folds. */
function columns(changes: Partial<DatasetColumns> = {}): DatasetColumns {
  const rows = Array.from({ length: 120 }, (_, i) => i);
  return {
    labels: ['high', 'low'],
    labelOf: Int32Array.from(rows, (i) => i % 2),
    groupOf: Int32Array.from(rows, (i) => Math.floor(i / 4)),
    groupNames: new Map(Array.from({ length: 30 }, (_, group) => [`g${group}`, group])),
    foldOf: Int32Array.from(rows, (i) => Math.floor(i / 4) % 5),
    isLost: new Uint8Array(120),
    bytesOf: Int32Array.from(rows),
    ...changes,
  };
}
const withoutGroups = () => columns({ groupOf: Int32Array.from({ length: 120 }, (_, i) => i), groupNames: new Map() });
const indexesOf = (parts: string, part: string) => [...parts].flatMap((of, i) => (of === part ? [i] : []));

describe('the plan of a run', () => {
  it('keeps every group on one side, and trains a second time on a random split to say what that is worth', () => {
    const plan = planOf(asked, columns());
    expect(plan).toMatchObject({ split: 'grouped', groupsAcross: 0, otherSplit: 'random', fits: 2, purposes: ['model', 'other split'] });
    const groups = (part: string) => new Set(indexesOf(plan.parts, part).map((i) => Math.floor(i / 4)));
    for (const [a, b] of [
      ['t', 'v'],
      ['t', 'e'],
      ['v', 'e'],
    ] as const)
      expect([...groups(a)].filter((group) => groups(b).has(group))).toEqual([]);
    expect(plan.counts).toMatchObject({ test: 24, lost: 0 });
  });

  it('is the same for the same seed', () => {
    expect(planOf(asked, columns())).toEqual(planOf(asked, columns()));
    expect(planOf({ ...asked, seed: 7 }, columns()).parts).not.toBe(planOf(asked, columns()).parts);
  });

  it('splits at random where no groups are known, and then has nothing to compare', () => {
    expect(planOf(asked, withoutGroups())).toMatchObject({
      split: 'random',
      otherSplit: null,
      otherParts: null,
      purposes: ['model'],
      groups: 0,
    });
  });

  it('says of a random split how many groups stand on both sides', () => {
    const plan = planOf({ ...asked, split: 'random' }, columns());
    expect(plan.groupsAcross).toBeGreaterThan(10);
    expect(plan.otherSplit).toBe('grouped');
  });

  it('holds out the groups that are named, or the fold', () => {
    const named = planOf({ ...asked, testGroups: ['g3', 'g7'] }, columns());
    expect(indexesOf(named.parts, 'e')).toEqual([12, 13, 14, 15, 28, 29, 30, 31]);
    const fold = planOf({ ...asked, split: 'folds', testFold: 2 }, columns());
    expect(new Set(indexesOf(fold.parts, 'e').map((i) => Math.floor(i / 4) % 5))).toEqual(new Set([2]));
    expect(fold.counts.test).toBe(24);
  });

  it('takes the folds that are named to hold out and to choose the epoch by, and leaves out copies of their clips', () => {
    const bytesOf = Int32Array.from({ length: 120 }, (_, i) => (i === 0 ? 100 : i)); // the first clip, of fold 0, is one of fold 0's last …
    bytesOf[4] = 8; // … one of fold 1 is one of fold 2, and one of fold 3 one of fold 1
    bytesOf[12] = 5;
    const plan = planOf({ ...asked, split: 'folds', testFold: 2, validationFold: 1 }, columns({ bytesOf }));
    const foldsOf = (part: string) => [...new Set(indexesOf(plan.parts, part).map((i) => Math.floor(i / 4) % 5))];
    expect([foldsOf('t').toSorted(), foldsOf('v'), foldsOf('e')]).toEqual([[0, 3, 4], [1], [2]]);
    expect(indexesOf(plan.parts, '-')).toEqual([4, 12]);
    expect(plan.counts).toMatchObject({ training: 71, validation: 23, test: 24, copies: 2 });
    expect(() => planOf({ ...asked, split: 'folds', testFold: 2, validationFold: 7 }, columns())).toThrow('no clip of the fold 7');
  });

  it('has a training for each trial of a search, and no others', () => {
    const plan = planOf({ ...asked, permutedBaseline: true, trials: [{ epochs: 5 }, { epochs: 6 }] }, columns());
    expect(plan).toMatchObject({ purposes: ['trial', 'trial'], fits: 2, otherSplit: null });
  });

  it('leaves out clips that were deleted', () => {
    const isLost = new Uint8Array(120);
    isLost.fill(1, 0, 10);
    const plan = planOf(asked, columns({ isLost }));
    expect(plan.parts.slice(0, 10)).toBe('----------');
    expect(plan.counts.lost).toBe(10);
    expect(plan.parts.slice(10)).not.toContain('-');
  });

  it('keeps clips of the same bytes on one side of every split, whatever was said of their groups', () => {
    const bytesOf = Int32Array.from({ length: 120 }, (_, i) => i % 100); // clips 100 to 119 are the first twenty again, in other groups
    const sidesOf = (parts: string | null) =>
      Array.from({ length: 20 }, (_, i) => new Set([parts?.[i], parts?.[i + 100]].filter((part) => part !== '-')));
    const grouped = planOf(asked, columns({ bytesOf }));
    expect(sidesOf(grouped.parts).map(({ size }) => size)).toEqual(new Array(20).fill(1));
    expect(sidesOf(grouped.otherParts).map(({ size }) => size)).toEqual(new Array(20).fill(1));
    expect(grouped.counts.copies).toBe(0);
    const random = planOf({ ...asked, split: 'random' }, { ...withoutGroups(), bytesOf });
    expect(sidesOf(random.parts).map(({ size }) => size)).toEqual(new Array(20).fill(1));
    const named = planOf({ ...asked, testGroups: ['g0', 'g1'] }, columns({ bytesOf }));
    expect(named.parts.slice(0, 8)).toBe('eeeeeeee');
    expect(named.parts.slice(100, 108)).toBe('--------');
    expect(named.counts).toMatchObject({ test: 8, copies: 8 });
    const fold = planOf({ ...asked, split: 'folds', testFold: 2 }, columns({ bytesOf }));
    expect(sidesOf(fold.parts).map(({ size }) => size)).toEqual(new Array(20).fill(1));
  });

  it('does without the comparison where the other split would leave a label untrained', () => {
    const decided = columns({ groupOf: Int32Array.from({ length: 120 }, (_, i) => (i % 2 === 0 ? 0 : 1 + (i % 4 === 1 ? 1 : 0))) });
    const plan = planOf({ ...asked, split: 'random' }, decided); // one group is all of a label, and no part of three may be empty
    expect(plan).toMatchObject({ otherSplit: null, otherParts: null, purposes: ['model'] });
    expect(() => planOf(asked, decided)).toThrow('is left to train on');
  });

  it('refuses to leave nothing to choose the epoch by', () => {
    const few = { ...columns({ labelOf: Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]) }) };
    const ofTen = { ...few, groupNames: new Map(), isLost: new Uint8Array(10), groupOf: Int32Array.from({ length: 10 }, (_, i) => i) };
    expect(() => planOf({ ...asked, validationShare: 0.02 }, ofTen)).toThrow('No clip is left to choose the epoch by');
  });

  it('refuses a label of which nothing is left to train on, and groups or folds that are not there', () => {
    const onlyInFold = columns({ labelOf: Int32Array.from({ length: 120 }, (_, i) => (Math.floor(i / 4) % 5 === 2 ? 1 : 0)) });
    expect(() => planOf({ ...asked, split: 'folds', testFold: 2 }, onlyInFold)).toThrow('No clip of the label low');
    expect(() => planOf({ ...asked, testGroups: ['g99'] }, columns())).toThrow('no group g99');
    expect(() => planOf({ ...asked, split: 'folds', testFold: 9 }, columns())).toThrow('no clip of the fold 9');
  });
});
