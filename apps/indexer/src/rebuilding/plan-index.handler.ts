import { planIndex, type TaskInput } from '@earshot/contracts';
import { Database, type EntryChunk, IndexEntries, IndexVersions } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { getEmbedder } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';

/** Of one task that computes vectors. */
const samplesOfChunk = 64;

@Injectable()
@Handles(planIndex)
export class PlanIndexHandler implements TaskHandler<typeof planIndex> {
  constructor(
    private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  /** The version has the job's id: however often this runs, there is one. */
  async run({ embedder }: TaskInput<typeof planIndex>, { jobId, workspaceId, output }: TaskContext<typeof planIndex>): Promise<void> {
    const profile = getProfile(getEmbedder(embedder).profile);
    const versions = new IndexVersions(this.database, workspaceId);
    const version = await versions.create({ id: jobId, embedder, metric: 'cosine', jobId });
    const entries = new IndexEntries(this.database, version.id);
    const kept = { size: samplesOfChunk, recipe: profile.hash, bytes: columnNames(profile).length * Float32Array.BYTES_PER_ELEMENT };
    const lost = new LostPacks(this.store, workspaceId);
    const lacking: (string | null)[] = [];
    let count = 0;
    for (let after: string | null = null; ; ) {
      const chunks: EntryChunk[] = await entries.chunks(after, kept);
      if (chunks.length === 0) break;
      for (const { last, wanted, isLacking, packs } of chunks) {
        if (isLacking || (await lost.isOneOf(packs))) lacking.push(after);
        count += wanted;
        after = last;
      }
    }
    output({ number: version.number, samples: count, lacking, chunkSamples: samplesOfChunk, chunks: Math.max(1, lacking.length) });
  }
}

/** Which blobs are not there any more; each is looked for once. */
class LostPacks {
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly store: BlobStore,
    private readonly workspaceId: string,
  ) {}

  async isOneOf(packs: readonly string[]): Promise<boolean> {
    for (const sha256 of packs) {
      const isLost = this.known.get(sha256) ?? !(await this.store.exists({ workspaceId: this.workspaceId, sha256 }));
      this.known.set(sha256, isLost);
      if (isLost) return true;
    }
    return false;
  }
}
