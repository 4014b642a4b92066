import { type ClipMeasures, checkRecipe, clipMeasures, EarshotError, measureClips, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, Database, type Derived, DerivedRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls } from '../clip-calls.js';
import { findKept } from '../derived/find-kept.js';
import { keepResults, type NewResult } from '../derived/new-results.js';
import { faultsOfClip } from './clip-faults.js';

/** Measures clips, and keeps the measures with the prints for whoever looks at the dataset as a whole. */
@Injectable()
@Handles(measureClips)
export class MeasureClipsHandler implements TaskHandler<typeof measureClips> {
  constructor(
    private readonly calls: ClipCalls,
    private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run(_input: TaskInput<typeof measureClips>, context: TaskContext<typeof measureClips>): Promise<void> {
    const { workspaceId, items, item } = context;
    const derived = new DerivedRepository(this.database, workspaceId);
    const known = await findKept(items, [checkRecipe], { workspaceId, derived, store: this.store });
    const measured: NewResult[] = [];
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          const kept = known.find(({ sha256 }) => sha256 === clip.sha256);
          const measures = kept === undefined ? await this.measure(clip, measured, context) : measuresOf(kept);
          return { ...measures, faults: faultsOfClip(measures) };
        }),
      ),
    );
    await keepResults(measured, workspaceId, derived, this.store);
  }

  private async measure(clip: ClaimedItem, measured: NewResult[], context: TaskContext<typeof measureClips>): Promise<ClipMeasures> {
    const { sha256, output } = await this.calls.run('measure', {}, clip, context);
    const { measures, audioSha256, print } = output;
    const bytes = print === null ? new Uint8Array(0) : new Uint8Array(print.buffer, print.byteOffset, print.byteLength);
    measured.push({ sha256, recipe: checkRecipe, shape: [bytes.length], facts: { ...measures, audioSha256 }, bytes });
    return measures;
  }
}

function measuresOf({ facts }: Derived): ClipMeasures {
  const parsed = clipMeasures.safeParse(facts);
  if (!parsed.success) throw new EarshotError('INTERNAL', 'Kept measures are none', { cause: parsed.error });
  return parsed.data;
}
