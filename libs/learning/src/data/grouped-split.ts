import { Random } from '../random.js';

interface Group {
  rows: number[];
  /** Of each label in it, how many rows, times 1/√(rows of that label in all), so that a rare label counts as much as a frequent one. */
  labels: { label: number; weight: number }[];
}

const starts = 8;
const partnersTried = 64;
/** With more groups than these, one order, placed where they cost least, is as near as anyone needs, and looking further takes minutes. */
const fewGroups = 2_000;

/**
 * Whole groups into parts, the labels' shares as nearly right as may be. What is made small is
 *
 *     cost = Σ over parts p, labels c:  (n[p,c] − share[p] · n[c])² / n[c]        and the same for all rows together
 *
 * The best is out of reach (it is a partition problem); this is the best of eight random orders. In each, groups go one after the other
 * where they cost least, then single groups move and pairs change places while that helps. More than 2,000 groups are only placed, in one
 * order. No part stays empty.
 */
export function groupedParts(options: { labels: Int32Array; groups: Int32Array; shares: readonly number[]; seed: number }): Int32Array {
  const { groups, perLabel } = gathered(options.labels, options.groups);
  let best: Placement | undefined;
  const areFew = groups.length <= fewGroups;
  for (let start = 0; start < (areFew ? starts : 1); start++) {
    const random = new Random(options.seed, 'grouped split', start);
    const placement = new Placement(groups, options.shares, perLabel);
    placement.fill(random.permutation(groups.length));
    if (areFew) placement.improve(random);
    if (!best || placement.cost() < best.cost() - 1e-12) best = placement;
  }
  const parts = new Int32Array(options.labels.length);
  groups.forEach(({ rows }, g) => {
    for (const row of rows) parts[row] = best!.partOf[g]!;
  });
  return parts;
}

/** One way to place the groups. `surplus` is what a part has beyond its share of each label (and, last, of all rows), weighted. */
class Placement {
  readonly partOf: Int32Array;
  private readonly surplus: Float64Array[];
  private readonly groupCount: Int32Array;

  constructor(
    private readonly groups: readonly Group[],
    private readonly shares: readonly number[],
    perLabel: Float64Array,
  ) {
    this.partOf = new Int32Array(groups.length).fill(-1);
    this.surplus = shares.map((share) => perLabel.map((root) => -share * root)); // n / √n = √n
    this.groupCount = new Int32Array(shares.length);
  }

  cost(): number {
    return this.surplus.reduce((sum, ofPart) => sum + ofPart.reduce((all, value) => all + value * value, 0), 0);
  }

  fill(order: Int32Array): void {
    order.forEach((g, placed) => {
      const empty = this.groupCount.filter((count) => count === 0).length;
      const mustFill = this.groups.length - placed <= empty;
      let [best, least] = [-1, Number.POSITIVE_INFINITY];
      for (let part = 0; part < this.shares.length; part++) {
        if (mustFill && this.groupCount[part]! > 0) continue;
        const cost = this.costToAdd(g, part);
        if (cost < least) [best, least] = [part, cost];
      }
      this.add(g, best, 1);
    });
  }

  improve(random: Random): void {
    let draws = this.groups.length; // after the indexes that the permutation has used
    for (let hasChanged = true; hasChanged; ) {
      hasChanged = false;
      for (let g = 0; g < this.groups.length; g++) {
        hasChanged = this.moveIfBetter(g) || hasChanged;
        for (let tried = 0; tried < partnersTried; tried++) {
          const isSmall = this.groups.length <= partnersTried;
          const other = isSmall ? tried : random.below(draws++, this.groups.length);
          if (other < this.groups.length) hasChanged = this.swapIfBetter(g, other) || hasChanged;
        }
      }
    }
  }

  private moveIfBetter(g: number): boolean {
    const from = this.partOf[g]!;
    if (this.groupCount[from] === 1) return false;
    for (let part = 0; part < this.shares.length; part++) {
      if (part === from) continue;
      if (this.move(g, part) < -1e-9) return true;
      this.move(g, from);
    }
    return false;
  }

  private swapIfBetter(g: number, other: number): boolean {
    const [from, to] = [this.partOf[g]!, this.partOf[other]!];
    if (from === to) return false;
    if (this.move(g, to) + this.move(other, from) < -1e-9) return true;
    this.move(other, to);
    this.move(g, from);
    return false;
  }

  /** By how much the cost changes. */
  private move(g: number, to: number): number {
    const from = this.partOf[g]!;
    this.add(g, from, -1);
    const change = this.costToAdd(g, to) - this.costToAdd(g, from);
    this.add(g, to, 1);
    return change;
  }

  private costToAdd(g: number, part: number): number {
    const surplus = this.surplus[part]!;
    return this.groups[g]!.labels.reduce((sum, { label, weight }) => sum + weight * (weight + 2 * surplus[label]!), 0);
  }

  private add(g: number, part: number, sign: 1 | -1): void {
    const surplus = this.surplus[part]!;
    for (const { label, weight } of this.groups[g]!.labels) surplus[label]! += sign * weight;
    this.groupCount[part]! += sign;
    if (sign > 0) this.partOf[g] = part;
  }
}

/** The groups with their labels; "all rows" is one label more, the last. `perLabel` is √(rows) of each. */
function gathered(labels: Int32Array, groupOfRow: Int32Array): { groups: Group[]; perLabel: Float64Array } {
  const rowsOfGroup = new Map<number, number[]>();
  groupOfRow.forEach((group, row) => {
    const rows = rowsOfGroup.get(group);
    if (rows) rows.push(row);
    else rowsOfGroup.set(group, [row]);
  });
  const all = labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  const counts = new Float64Array(all + 1);
  for (const label of labels) counts[label]!++;
  counts[all] = labels.length;
  const perLabel = counts.map(Math.sqrt);
  const groups = [...rowsOfGroup.values()].map((rows) => {
    const inGroup = new Map([[all, rows.length]]);
    for (const row of rows) inGroup.set(labels[row]!, (inGroup.get(labels[row]!) ?? 0) + 1);
    return { rows, labels: [...inGroup].map(([label, count]) => ({ label, weight: count / perLabel[label]! })) };
  });
  return { groups, perLabel };
}
