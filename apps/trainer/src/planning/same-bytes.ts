import { splitParts } from '@earshot/learning';

/** Of the clips that are to be split. */
export interface Rows {
  labels: Int32Array;
  /** Clips of the same bytes are of one group, whatever was said of them: see `joinedGroups`. */
  groups: Int32Array;
  /** The same number for clips of the same bytes. */
  bytes: Int32Array;
}

/** Parts in which clips of the same bytes stand on one side: on both, a model that remembers would look like one that understands. */
export function splitTogether({ labels, groups, bytes }: Rows, isGrouped: boolean, by: { shares: number[]; seed: number }): Int32Array {
  if (isGrouped) return splitParts({ labels, groups, ...by });
  const seen = new Set<number>();
  const rows = [...bytes.keys()].filter((row) => seen.size < seen.add(bytes[row]!).size); // the first of each
  const parts = splitParts({ labels: Int32Array.from(rows, (row) => labels[row]!), ...by });
  const partOf = new Map(rows.map((row, i) => [bytes[row]!, parts[i]!]));
  return bytes.map((of) => partOf.get(of)!);
}

/** The groups, those that have clips of the same bytes made one. */
export function joinedGroups(groups: Int32Array, bytes: Int32Array): Int32Array {
  const next = new Map<number, number>();
  const rootOf = (group: number): number => {
    let root = group;
    for (let up = next.get(root); up !== undefined; up = next.get(root)) root = up;
    return root;
  };
  const groupOfBytes = new Map<number, number>();
  groups.forEach((group, row) => {
    const other = rootOf(groupOfBytes.get(bytes[row]!) ?? group);
    const own = rootOf(group);
    if (own !== other) next.set(own, other);
    groupOfBytes.set(bytes[row]!, other);
  });
  return groups.map(rootOf);
}
