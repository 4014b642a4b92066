import { copyRecipes, type FitPurpose, type TrainInput, type TrainPlan } from '@earshot/contracts';
import type { ReadItem } from '@earshot/database';
import { permutedLabels } from '@earshot/learning';
import type { RowPart } from '@earshot/sandbox';
import type { DatasetColumns } from './dataset-columns.js';
import type { ClipRows } from './training-rows.js';

/** Clips looked up at a time. */
const clipsPerPage = 500;

interface RunClips {
  input: Pick<TrainInput, 'profileHash' | 'seed' | 'augmentation'>;
  plan: Pick<TrainPlan, 'parts' | 'otherParts'>;
  purpose: FitPurpose;
  /** Which are asked for. */
  parts: readonly RowPart[];
  columns: Pick<DatasetColumns, 'labelOf' | 'groupOf'>;
  items: AsyncIterable<ReadItem>;
}

/** The clips that a training of a run works on or is measured on, and as what. */
export function runClips({ input, plan, purpose, parts, columns, items }: RunClips): AsyncGenerator<ClipRows[]> {
  const planned = (purpose === 'other split' ? plan.otherParts : null) ?? plan.parts;
  const { labelOf, groupOf } = columns;
  const copies = copyRecipes(input);
  return clipRows({
    labelOf: purpose === 'permuted labels' ? dealtLabels(columns, planned, input.seed) : labelOf,
    groupOf,
    partOf: (index) => parts.find((part) => part === partOf(planned, index)) ?? null,
    recipesOf: (part) => [input.profileHash, ...(part === 't' ? copies : [])],
    items,
  });
}

/** Afterwards single clips are dealt labels, where before whole groups were. */
const dealsByGroup = 20;

/** Dealt until two labels are trained: where groups are few and of one label each, one alone may come to lie there. */
export function dealtLabels({ labelOf, groupOf }: Pick<DatasetColumns, 'labelOf' | 'groupOf'>, parts: string, seed: number): Int32Array {
  for (let deal = 0; ; deal++) {
    const dealt = permutedLabels(labelOf, seed + deal, deal < dealsByGroup ? groupOf : undefined);
    if (new Set(dealt.filter((_, index) => partOf(parts, index) === 't')).size > 1) return dealt;
  }
}

interface ClipsAsRows extends Pick<DatasetColumns, 'labelOf' | 'groupOf'> {
  /** Null: the clip is left out. */
  partOf(index: number): RowPart | null;
  recipesOf(part: RowPart): string[];
  items: AsyncIterable<ReadItem>;
}

/** Pages of clips with what they are to be. Those without a vector (they could not be read, or were deleted) are left out. */
export async function* clipRows({ labelOf, groupOf, partOf, recipesOf, items }: ClipsAsRows): AsyncGenerator<ClipRows[]> {
  let page: ClipRows[] = [];
  for await (const item of items) {
    const part = partOf(item.index);
    if (part === null || item.state !== 'succeeded') continue;
    page.push({ item, note: { part, label: labelOf[item.index] ?? -1, group: groupOf[item.index] ?? -1 }, recipes: recipesOf(part) });
    if (page.length < clipsPerPage) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function partOf(parts: string, index: number): RowPart | null {
  const part = parts.charAt(index);
  return part === 't' || part === 'v' || part === 'e' ? part : null;
}
