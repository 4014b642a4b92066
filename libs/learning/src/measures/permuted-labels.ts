import { Random } from '../random.js';

/**
 * The labels dealt to the rows at random: whatever scores better than the baseline after training on these has seen what it should not.
 * With groups of one label each, groups exchange labels as a whole, so that the likeness of rows within a group stays what it was;
 * as soon as one group has two labels, all rows do.
 */
export function permutedLabels(labels: Int32Array, seed: number, groups?: Int32Array): Int32Array {
  const random = new Random(seed, 'permuted labels');
  const labelOf = new Map<number, number>();
  const isOfOneLabel = groups?.every((group, row) => {
    if (!labelOf.has(group)) labelOf.set(group, labels[row]!);
    return labelOf.get(group) === labels[row];
  });
  if (!groups || !isOfOneLabel) return random.shuffle(labels.slice());
  const dealt = random.shuffle([...labelOf.values()]);
  const newLabelOf = new Map([...labelOf.keys()].map((group, i) => [group, dealt[i]!]));
  return groups.map((group) => newLabelOf.get(group)!);
}

/** A score beside those that trainings on permuted labels reach. */
export interface PermutedBaseline {
  scores: number[];
  mean: number;
  /** How likely chance alone does as well: (1 + scores at least as good) / (1 + scores). */
  pValue: number;
}

/** `train` is given labels, trains and evaluates as the real run did, and returns the score. */
export async function permutedBaseline(
  score: number,
  labels: Int32Array,
  { groups, repeats, seed, train }: { groups?: Int32Array; repeats: number; seed: number; train: (labels: Int32Array) => Promise<number> },
): Promise<PermutedBaseline> {
  if (repeats < 1) throw new RangeError('A baseline of permuted labels needs at least one repeat');
  const scores: number[] = [];
  for (let i = 0; i < repeats; i++) scores.push(await train(permutedLabels(labels, seed + i, groups)));
  const asGood = scores.filter((other) => other >= score).length;
  return { scores, mean: scores.reduce((sum, value) => sum + value, 0) / repeats, pValue: (1 + asGood) / (1 + repeats) };
}
