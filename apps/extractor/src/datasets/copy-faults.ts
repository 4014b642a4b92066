import { type CheckedClips, none } from './checked-clips.js';
import type { FoundFaults } from './found-faults.js';

/**
 * How alike two prints are from which on their clips are copies of each other, changed ones perhaps. Two clips of different groups should
 * have nothing in common; where the groups are not known, one speaker may have said one word twice, which is as alike as 0.96.
 * docs/datasets.md has what was measured.
 */
const likeness = { ofDifferentGroups: 0.92, ofUnknownGroups: 0.95 };

/** Copies of the same samples, whatever files they are in. */
export function findDuplicates(clips: CheckedClips, found: FoundFaults): void {
  const of = new Map<number, number[]>();
  for (let clip = 0; clip < clips.count; clip++) {
    const audio = clips.audioOf[clip]!;
    if (audio === none || !clips.isUsable[clip]) continue;
    const copies = of.get(audio);
    if (copies === undefined) of.set(audio, [clip]);
    else copies.push(clip);
  }
  for (const copies of of.values()) {
    if (copies.length < 2) continue;
    found.add('duplicate', `${copies.length} clips are the same audio`, copies);
    findContradictions(clips, copies, found);
  }
}

/** Whether two clips that are so alike are to be told of: copies within one group stay on one side of a split by group. */
export function areCopies(clips: CheckedClips, a: number, b: number, alike: number): boolean {
  if (clips.audioOf[a] === clips.audioOf[b] || clips.shareGroup(a, b)) return false;
  const haveGroups = clips.groupOf[a] !== none && clips.groupOf[b] !== none;
  return alike >= (haveGroups ? likeness.ofDifferentGroups : likeness.ofUnknownGroups);
}

export function addNearDuplicate(clips: CheckedClips, a: number, b: number, alike: number, found: FoundFaults): void {
  found.add('near-duplicate', `the two are alike by ${alike.toFixed(3)}: one may be a changed copy of the other`, [a, b]);
  findContradictions(clips, [a, b], found);
}

/** What copies say that cannot both be: other labels; and that they are on both sides of a split. */
function findContradictions(clips: CheckedClips, copies: number[], found: FoundFaults): void {
  const labels = new Set(copies.map((clip) => clips.labelName(clip)));
  if (labels.size > 1) found.add('label-conflict', `copies have the labels ${[...labels].sort().join(', ')}`, copies);
  const [first = 0, ...others] = copies;
  const other = others.find((clip) => clips.areInDifferentFolds(first, clip));
  if (other !== undefined)
    found.add('copy-across-folds', `copies are in the folds ${clips.foldOf[first]} and ${clips.foldOf[other]}`, [first, other]);
}
