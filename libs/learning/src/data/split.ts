import { EarshotError } from '@earshot/contracts';
import { Random } from '../random.js';
import { groupedParts } from './grouped-split.js';

export interface SplitOptions {
  /** Of each row. Every part gets the same mixture of labels, as nearly as whole rows (or whole groups) allow. */
  labels: Int32Array;
  /** Of each row, the recording or speaker it comes from: a group lies in one part as a whole. */
  groups?: Int32Array;
  /** Of each part, for example [0.7, 0.15, 0.15]. */
  shares: readonly number[];
  seed: number;
}

/** Which part each row belongs to. The same seed gives the same parts. */
export function splitParts({ labels, groups, shares, seed }: SplitOptions): Int32Array {
  const total = shares.reduce((sum, share) => sum + share, 0);
  if (shares.length < 2 || !shares.every((share) => share > 0) || Math.abs(total - 1) > 1e-9) {
    throw new RangeError(`The shares ${shares.join(', ')} are not two or more positive numbers that add up to 1`);
  }
  if (groups && groups.length !== labels.length) throw new RangeError(`${groups.length} groups for ${labels.length} labels`);
  const [units, name] = groups ? [new Set(groups).size, 'groups'] : [labels.length, 'rows'];
  if (units < shares.length) throw new EarshotError('TRAINING_DATA_UNFIT', `${units} ${name} cannot be split into ${shares.length} parts`);
  return groups ? groupedParts({ labels, groups, shares, seed }) : stratifiedParts({ labels, shares, seed });
}

/** The groups that lie in more than one part, ascending: none, if the parts were made by group. */
export function groupsAcrossParts(parts: Int32Array, groups: Int32Array): number[] {
  const partOf = new Map<number, number>();
  const across = new Set<number>();
  groups.forEach((group, row) => {
    const part = parts[row]!;
    if ((partOf.get(group) ?? part) !== part) across.add(group);
    partOf.set(group, part);
  });
  return [...across].toSorted((a, b) => a - b);
}

/**
 * Of each label, every part gets share · rows, rounded down; the rows that are left go one by one to the parts that lack most of all
 * rows so far. So each label is within one row of its share.
 */
function stratifiedParts({ labels, shares, seed }: Omit<SplitOptions, 'groups'>): Int32Array {
  const parts = new Int32Array(labels.length);
  const lacking = new Float64Array(shares.length);
  for (const [label, rows] of [...rowsByLabel(labels)].toSorted(([a], [b]) => a - b)) {
    new Random(seed, 'split', label).shuffle(rows);
    const counts = shares.map((share) => Math.floor(share * rows.length + 1e-9));
    shares.forEach((share, part) => {
      lacking[part]! += share * rows.length - counts[part]!;
    });
    const left = rows.length - counts.reduce((sum, count) => sum + count, 0);
    for (const part of [...shares.keys()].toSorted((p, q) => lacking[q]! - lacking[p]! || p - q).slice(0, left)) {
      counts[part]!++;
      lacking[part]!--;
    }
    let from = 0;
    counts.forEach((count, part) => {
      for (const row of rows.slice(from, from + count)) parts[row] = part;
      from += count;
    });
  }
  return parts;
}

/** Of each label its rows, ascending; in one pass, for there may be a million rows and thousands of labels. */
function rowsByLabel(labels: Int32Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  labels.forEach((label, row) => {
    const found = rows.get(label);
    if (found === undefined) rows.set(label, [row]);
    else found.push(row);
  });
  return rows;
}
