import { type CheckedClips, none } from './checked-clips.js';
import type { FoundFaults } from './found-faults.js';

/** With fewer usable clips a held-out fifth has one of the label, or none. */
const fewestOfLabel = 10;
/** Groups of so many clips, of which so large a share tells the label, let a model learn the group instead. */
const largeGroup = 5;
const decidedShare = 0.9;
/** With more groups of a label than these, what they have in common is the label rather than one of them. */
const fewGroups = 3;

/** Labels without clips to learn from, and labels that the group gives away. */
export function findLabelFaults(clips: CheckedClips, found: FoundFaults): void {
  findMissing(clips, found);
  findDecidedByGroup(clips, found);
}

function findMissing({ count, labels, labelOf, foldOf, isUsable }: CheckedClips, found: FoundFaults): void {
  const usable = new Int32Array(labels.names.length);
  const first = new Int32Array(labels.names.length).fill(none);
  const folds = new Map<number, Set<number>>();
  for (let clip = 0; clip < count; clip++) {
    const [label, fold] = [labelOf[clip]!, foldOf[clip]!];
    if (first[label] === none) first[label] = clip;
    if (!isUsable[clip]) continue;
    usable[label]! += 1;
    if (fold !== none) folds.set(fold, (folds.get(fold) ?? new Set()).add(label));
  }
  if (labels.names.length === 1)
    found.add('label-missing', `every clip has the label ${labels.names[0]}: there is nothing to tell apart`, []);
  labels.names.forEach((name, label) => {
    const clips = [first[label]!];
    if (usable[label] === 0) found.add('label-missing', `no clip of ${name} can be used`, clips);
    else if (usable[label]! < fewestOfLabel)
      found.add(
        'label-tiny',
        `of ${name} there ${usable[label] === 1 ? 'is 1 clip' : `are ${usable[label]} clips`} that can be used`,
        clips,
      );
    for (const [fold, held] of [...folds].sort(([a], [b]) => a - b))
      if (!held.has(label)) found.add('label-missing', `fold ${fold} has no clip of ${name}`, clips);
  });
}

/**
 * A label of which all large groups have nothing else, and of which there are few: then whoever recognises the group knows the label.
 * Recordings cut into a few clips each are no such groups, nor are many groups of one label.
 */
function findDecidedByGroup({ count, labels, groups, labelOf, groupOf }: CheckedClips, found: FoundFaults): void {
  const of = Array.from({ length: groups.names.length }, () => new Map<number, number>());
  const clipsOf = new Int32Array(labels.names.length);
  const firstOf = new Map<string, number>();
  for (let clip = 0; clip < count; clip++) {
    const [label, group] = [labelOf[clip]!, groupOf[clip]!];
    clipsOf[label]! += 1;
    if (group === none) continue;
    const counts = of[group]!;
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const key = `${group} ${label}`;
    if (!firstOf.has(key)) firstOf.set(key, clip);
  }
  if (groups.names.length < 2 || labels.names.length < 2) return;
  labels.names.forEach((name, label) => {
    const decided = of.flatMap((counts, group) => {
      const size = [...counts.values()].reduce((sum, n) => sum + n, 0);
      const ofLabel = counts.get(label) ?? 0;
      return size >= largeGroup && ofLabel >= decidedShare * size ? [{ group, ofLabel }] : [];
    });
    const held = decided.reduce((sum, { ofLabel }) => sum + ofLabel, 0);
    if (decided.length === 0 || decided.length > fewGroups || held < decidedShare * clipsOf[label]!) return;
    const names = decided.map(({ group }) => groups.names[group]).join(', ');
    const clips = decided.flatMap(({ group }) => firstOf.get(`${group} ${label}`) ?? []);
    found.add(
      'label-decided-by-group',
      `${held} of ${clipsOf[label]} clips of ${name} are of ${names}, who have hardly another label`,
      clips,
    );
  });
}

/** Groups on both sides of a split that came with the data. */
export function findGroupsAcrossFolds({ count, groups, groupOf, foldOf }: CheckedClips, found: FoundFaults): void {
  const firstOf = new Map<number, Map<number, number>>();
  for (let clip = 0; clip < count; clip++) {
    const [group, fold] = [groupOf[clip]!, foldOf[clip]!];
    if (group === none || fold === none) continue;
    const folds = firstOf.get(group) ?? new Map<number, number>();
    firstOf.set(group, folds);
    if (!folds.has(fold)) folds.set(fold, clip);
  }
  for (const [group, folds] of firstOf) {
    if (folds.size < 2) continue;
    const numbers = [...folds.keys()].sort((a, b) => a - b).join(', ');
    found.add('group-across-folds', `${groups.names[group]} is in the folds ${numbers}`, [...folds.values()]);
  }
}
