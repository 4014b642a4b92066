import { EarshotError, type SplitPreview, type SplitSide } from '@earshot/contracts';
import type { VersionRow, Workspace } from '@earshot/database';
import { groupsAcrossParts, Numbering, splitParts } from '@earshot/learning';
import { membersOf } from './members-of.js';

const test = 1;

/** How a version would be split at random, and by group, with the same seed. */
export async function previewOf(
  datasets: Workspace['datasets'],
  version: VersionRow,
  { seed, testShare }: { seed: number; testShare: number },
): Promise<SplitPreview> {
  if (version.clips < 2) throw new EarshotError('DATASET_TOO_SMALL', 'A split needs two clips at least');
  const [labelIds, groupIds] = [new Numbering(), new Numbering()];
  const labels = new Int32Array(version.clips);
  const groups = new Int32Array(version.clips);
  let hasGroups = false;
  for await (const page of membersOf(datasets, version.id)) {
    for (const { index, label, group, sha256 } of page) {
      labels[index] = labelIds.of(label);
      groups[index] = groupIds.of(group === null ? `clip ${sha256}` : `group ${group}`); // a clip of no group is one by itself
      hasGroups ||= group !== null;
    }
  }
  const shares = [1 - testShare, testShare];
  const shown = (parts: Int32Array) => {
    const side = (isTest: boolean) => sideOf({ labels, groups, names: labelIds.names }, (row) => (parts[row] === test) === isTest);
    return { training: side(false), test: side(true), groupsOnBothSides: groupsAcrossParts(parts, groups).length };
  };
  return {
    seed,
    testShare,
    random: shown(splitParts({ labels, shares, seed })),
    grouped: hasGroups && groupIds.names.length > 1 ? shown(splitParts({ labels, groups, shares, seed })) : null,
  };
}

interface Rows {
  labels: Int32Array;
  groups: Int32Array;
  names: string[];
}

function sideOf({ labels, groups, names }: Rows, isIn: (row: number) => boolean): SplitSide {
  const counts = new Int32Array(names.length);
  const seen = new Set<number>();
  let clips = 0;
  for (let row = 0; row < labels.length; row++) {
    if (!isIn(row)) continue;
    clips += 1;
    counts[labels[row]!]! += 1;
    seen.add(groups[row]!);
  }
  return { clips, groups: seen.size, labels: Object.fromEntries(names.map((name, id) => [name, counts[id]!])) };
}
