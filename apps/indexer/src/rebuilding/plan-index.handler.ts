import { planIndex, type TaskInput } from '@earshot/contracts';
import { Database, IndexEntries, type IndexEntryRow, IndexVersions } from '@earshot/database';
import { getEmbedder } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { blobStore } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { EmbeddedSamples } from '../collections/embedded-samples.js';

/** Of one task that computes vectors. */
const samplesOfChunk = 64;

@Injectable()
@Handles(planIndex)
export class PlanIndexHandler implements TaskHandler<typeof planIndex> {
  constructor(
    private readonly database: Database,
    @Inject(blobStore) private readonly store: BlobStore,
  ) {}

  /** The version has the job's id: however often this runs, there is one. */
  async run({ embedder }: TaskInput<typeof planIndex>, { jobId, workspaceId, output }: TaskContext<typeof planIndex>): Promise<void> {
    getEmbedder(embedder);
    const versions = new IndexVersions(this.database, workspaceId);
    const version = await versions.create({ id: jobId, embedder, metric: 'cosine', collection: `index-${jobId}`, jobId });
    const entries = new IndexEntries(this.database, version.id);
    const samples = new EmbeddedSamples({ database: this.database, store: this.store }, version);
    const lacking: (string | null)[] = [];
    let count = 0;
    for (let after: string | null = null; ; ) {
      const chunk: IndexEntryRow[] = await entries.all(after, samplesOfChunk);
      const last = chunk.at(-1);
      if (last === undefined) break;
      const wanted = chunk.filter((entry) => entry.wanted);
      if ((await samples.kept(wanted)).length < wanted.length) lacking.push(after);
      count += wanted.length;
      after = last.clipId;
    }
    output({ number: version.number, samples: count, lacking, chunkSamples: samplesOfChunk, chunks: Math.max(1, lacking.length) });
  }
}
