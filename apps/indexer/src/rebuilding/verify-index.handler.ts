import {
  buildIndex,
  EarshotError,
  indexScope,
  leastRecall,
  liveIndex,
  moveAlias,
  planIndex,
  type TaskInput,
  verifyIndex,
} from '@earshot/contracts';
import { Database, IndexUpkeep, IndexVersions } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { VectorStore } from '@earshot/vectors';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { CollectionKeeper } from '../collections/collection-keeper.js';
import { measureRecall } from './measure-recall.js';

@Injectable()
@Handles(verifyIndex)
export class VerifyIndexHandler implements TaskHandler<typeof verifyIndex> {
  constructor(
    private readonly database: Database,
    private readonly vectors: VectorStore,
    private readonly keeper: CollectionKeeper,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  /** Chroma may have been erased since the collection was made, or be while it is measured: what takes over is whole. */
  async run({ embedder }: TaskInput<typeof verifyIndex>, context: TaskContext<typeof verifyIndex>): Promise<void> {
    const { jobId, workspaceId } = context;
    const version = await new IndexVersions(this.database, workspaceId).get(jobId);
    const [[plan], [built]] = await Promise.all([context.outputs(planIndex), context.outputs(buildIndex)]);
    if (plan === undefined || built === undefined) throw new EarshotError('INTERNAL', 'A version of an index that nobody built');
    const keep = () =>
      this.keeper.keep(version, {
        onPage: async (step) => {
          context.signal.throwIfAborted();
          await context.progress({ step, of: Math.max(step, built.samples), figures: {} });
        },
      });
    await keep();
    const measured = await measureRecall({
      database: this.database,
      store: this.store,
      vectors: this.vectors,
      version,
      onPage: (step) => context.progress({ step, of: 2 * built.samples, figures: {} }),
    });
    await new IndexUpkeep(this.database).report(jobId, { ...built, ...measured });
    if (measured.recall !== null && measured.recall < leastRecall)
      throw new EarshotError(
        'INDEX_INACCURATE',
        `${(100 * measured.recall).toFixed(2)} % of what exact search finds, of ${measured.tried} samples`,
      );
    await keep();
    context.effect(moveAlias, { scope: indexScope(embedder), name: liveIndex, target: jobId, expectedVersion: null });
    context.output({ indexVersionId: jobId, embedder, indexVersion: plan.number, ...built, ...measured });
  }
}
