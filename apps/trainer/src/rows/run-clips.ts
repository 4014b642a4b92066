import { copyRecipes, type FitPurpose, type TrainInput, type TrainPlan } from '@earshot/contracts';
import type { ReadItem } from '@earshot/database';
import { permutedLabels } from '@earshot/learning';
import type { RowPart } from '@earshot/sandbox';
import type { DatasetColumns } from './dataset-columns.js';
import type { ClipRows } from './training-rows.js';

/** Clips looked up at a time. */
const clipsPerPage = 500;

interface RunClips {
  input: TrainInput;
  plan: TrainPlan;
  purpose: FitPurpose;
  columns: DatasetColumns;
  items: AsyncIterable<ReadItem>;
}

/** The clips that a training of a run works on, and as what. Those without a vector (they could not be read, or were deleted) are left out. */
export async function* runClips({ input, plan, purpose, columns, items }: RunClips): AsyncGenerator<ClipRows[]> {
  const parts = (purpose === 'other split' ? plan.otherParts : null) ?? plan.parts;
  const labelOf = purpose === 'permuted labels' ? permutedLabels(columns.labelOf, input.seed, columns.groupOf) : columns.labelOf;
  const ofCopies = copyRecipes(input);
  let page: ClipRows[] = [];
  for await (const item of items) {
    const part = partOf(parts, item.index);
    if (part === null || item.state !== 'succeeded') continue;
    const note = { part, label: labelOf[item.index] ?? -1, group: columns.groupOf[item.index] ?? -1 };
    page.push({ item, note, recipes: [input.profileHash, ...(part === 't' ? ofCopies : [])] });
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
