import { EarshotError, type FitPurpose, type TrainInput, type TrainPlan } from '@earshot/contracts';
import { groupsAcrossParts } from '@earshot/learning';
import type { DatasetColumns } from '../rows/dataset-columns.js';
import { joinedGroups, type Rows, splitTogether } from './same-bytes.js';

type SplitMode = TrainPlan['split'];
type Asked = Pick<
  TrainInput,
  | 'seed'
  | 'testShare'
  | 'validationShare'
  | 'split'
  | 'testGroups'
  | 'testFold'
  | 'validationFold'
  | 'compareSplits'
  | 'permutedBaseline'
  | 'trials'
>;

/** Training, validation, test; left out. */
const letters = ['t', 'v', 'e', '-'] as const;
const [training, validation, test, leftOut] = [0, 1, 2, 3];

/** Fewer groups cannot stand on three sides. */
const leastGroups = 3;

/** Decides, by the seed alone, which clips train, which choose the epoch, and which are held out. */
export function planOf(asked: Asked, columns: DatasetColumns): TrainPlan {
  const rows = Int32Array.from([...columns.isLost.keys()].filter((row) => columns.isLost[row] === 0));
  const bytes = rows.map((row) => columns.bytesOf[row]!);
  const saidGroups = rows.map((row) => columns.groupOf[row]!);
  const there: PlannedRows = {
    labels: rows.map((row) => columns.labelOf[row]!),
    groups: joinedGroups(saidGroups, bytes),
    bytes,
    saidGroups,
    folds: rows.map((row) => columns.foldOf[row]!),
  };
  const hasGroups = columns.groupNames.size > 0 && new Set(there.groups).size >= leastGroups;
  const split = asked.split ?? (hasGroups || asked.testGroups !== null ? 'grouped' : 'random');
  const parts = partsOf(asked, split, there, columns);
  const unlearned = unlearnedLabels(parts, there, columns.labels);
  if (unlearned.length > 0)
    throw new EarshotError('TRAINING_DATA_UNFIT', `No clip of the label ${unlearned.join(', ')} is left to train on`);
  if (!parts.includes(validation)) throw new EarshotError('TRAINING_DATA_UNFIT', 'No clip is left to choose the epoch by');
  const otherSplit = split === 'random' ? 'grouped' : 'random';
  const other = hasGroups && asked.compareSplits && asked.trials === null ? comparable(asked, otherSplit, there, columns) : null;
  const purposes = purposesOf(asked, other !== null);
  const count = (part: number) => parts.reduce((sum, of) => sum + (of === part ? 1 : 0), 0);
  return {
    code: null, // whoever keeps the plan says it
    labels: columns.labels,
    split,
    parts: lettersOf(parts, rows, columns),
    otherSplit: other === null ? null : otherSplit,
    otherParts: other === null ? null : lettersOf(other, rows, columns),
    groups: columns.groupNames.size,
    groupsAcross: groupsAcross(parts, saidGroups),
    counts: {
      training: count(training),
      validation: count(validation),
      test: count(test),
      lost: columns.isLost.length - rows.length,
      copies: count(leftOut),
    },
    heard: 0,
    fits: purposes.length,
    purposes,
  };
}

/** Null where that split leaves too little to train on: the comparison is no reason to refuse the run. */
function comparable(asked: Asked, split: SplitMode, rows: Rows, { labels }: DatasetColumns): Int32Array | null {
  const parts = shared(asked, split === 'grouped', rows);
  return unlearnedLabels(parts, rows, labels).length === 0 && parts.includes(validation) ? parts : null;
}

function unlearnedLabels(parts: Int32Array, rows: Rows, labels: readonly string[]): string[] {
  const learned = new Set(rows.labels.filter((_, row) => parts[row] === training));
  return labels.filter((_, label) => !learned.has(label));
}

function purposesOf({ trials, permutedBaseline }: Asked, hasOther: boolean): FitPurpose[] {
  if (trials !== null) return trials.map(() => 'trial');
  return ['model', ...(hasOther ? (['other split'] as const) : []), ...(permutedBaseline ? (['permuted labels'] as const) : [])];
}

/** Of the clips that are there. */
interface PlannedRows extends Rows {
  saidGroups: Int32Array;
  folds: Int32Array;
}

function groupsAcross(parts: Int32Array, groups: Int32Array): number {
  const used = [...parts.keys()].filter((row) => parts[row] !== leftOut);
  return groupsAcrossParts(
    Int32Array.from(used, (row) => (parts[row] === test ? 1 : 0)),
    Int32Array.from(used, (row) => groups[row]!),
  ).length;
}

function partsOf(asked: Asked, split: SplitMode, rows: PlannedRows, { groupNames }: DatasetColumns): Int32Array {
  if (asked.testGroups !== null) {
    const unknown = asked.testGroups.filter((group) => !groupNames.has(group));
    if (unknown.length > 0) throw new EarshotError('TRAINING_DATA_UNFIT', `The dataset has no group ${unknown.join(', ')}`);
    const held = new Set(asked.testGroups.map((group) => groupNames.get(group)));
    return heldOut(asked, rows, (row) => held.has(rows.saidGroups[row]!));
  }
  if (split !== 'folds') return shared(asked, split === 'grouped', rows);
  const folds = new Set(rows.folds);
  const { testFold = null, validationFold } = asked;
  const fold = testFold ?? Math.max(...[...folds].filter((other) => other !== validationFold));
  for (const wanted of [fold, validationFold ?? fold]) {
    if (wanted < 0 || !folds.has(wanted)) throw new EarshotError('TRAINING_DATA_UNFIT', `The dataset has no clip of the fold ${wanted}`);
  }
  const isHeldOut = (row: number) => rows.folds[row] === fold;
  if (validationFold === null) return heldOut(asked, rows, isHeldOut);
  return givenParts(rows, isHeldOut, (row) => rows.folds[row] === validationFold);
}

function shared({ seed, testShare, validationShare }: Asked, isGrouped: boolean, rows: Rows): Int32Array {
  const rest = 1 - testShare;
  return splitTogether(rows, isGrouped, { shares: [rest * (1 - validationShare), rest * validationShare, testShare], seed });
}

/**
 * Some rows are held out; of the others a share is for validation, by groups where there are enough. Where somebody else said what is held
 * out, its bytes may be among the others too: there they are left out.
 */
function heldOut({ seed, validationShare }: Asked, { labels, groups, bytes }: Rows, isHeldOut: (row: number) => boolean): Int32Array {
  const parts = Int32Array.from(labels, (_, row) => (isHeldOut(row) ? test : training));
  const heldBytes = new Set(bytes.filter((_, row) => parts[row] === test));
  const rest = Int32Array.from([...parts.keys()].filter((row) => !heldBytes.has(bytes[row]!)));
  const restOf = (column: Int32Array) => rest.map((row) => column[row]!);
  const ofRest = { labels: restOf(labels), groups: restOf(groups), bytes: restOf(bytes) };
  const isGrouped = new Set(ofRest.groups).size >= leastGroups;
  const chosen = splitTogether(ofRest, isGrouped, { shares: [1 - validationShare, validationShare], seed });
  parts.forEach((part, row) => {
    if (part === training) parts[row] = leftOut;
  });
  rest.forEach((row, i) => {
    parts[row] = chosen[i]!;
  });
  return parts;
}

/** Parts as somebody else said them. What is held out, or chooses the epoch, may have the bytes of clips in the parts before it: there those are left out. */
function givenParts({ bytes }: Rows, isHeldOut: (row: number) => boolean, isValidation: (row: number) => boolean): Int32Array {
  const parts = Int32Array.from(bytes, (_, row) => (isHeldOut(row) ? test : isValidation(row) ? validation : training));
  const bytesOf = (part: number) => new Set(bytes.filter((_, row) => parts[row] === part));
  const [tested, validated] = [bytesOf(test), bytesOf(validation)];
  return parts.map((part, row) => {
    const isCopy = part !== test && (tested.has(bytes[row]!) || (part === training && validated.has(bytes[row]!)));
    return isCopy ? leftOut : part;
  });
}

function lettersOf(parts: Int32Array, rows: Int32Array, { isLost }: DatasetColumns): string {
  const all = new Array<string>(isLost.length).fill('-');
  rows.forEach((row, i) => {
    all[row] = letters[parts[i]!] ?? '-';
  });
  return all.join('');
}
