import { buildIndex, type TaskInput } from '@earshot/contracts';
import { Database, IndexEntries, IndexVersions } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { CollectionKeeper } from '../collections/collection-keeper.js';

@Injectable()
@Handles(buildIndex)
export class BuildIndexHandler implements TaskHandler<typeof buildIndex> {
  constructor(
    private readonly database: Database,
    private readonly keeper: CollectionKeeper,
  ) {}

  /** What is written is marked in the entries, so that the next attempt goes on by itself; its checkpoints say that there was progress. */
  async run(_input: TaskInput<typeof buildIndex>, context: TaskContext<typeof buildIndex>): Promise<void> {
    const version = await new IndexVersions(this.database, context.workspaceId).get(context.jobId);
    const entries = new IndexEntries(this.database, version.id);
    const { wanted } = await entries.counts();
    const before = context.resumeFrom?.step ?? 0;
    const { withoutVector } = await this.keeper.keep(version, {
      onPage: async (written) => {
        context.signal.throwIfAborted();
        const step = before + written;
        await context.checkpoint({ step, of: Math.max(step, wanted), figures: {}, document: { applied: step } });
      },
    });
    context.output({ samples: (await entries.counts()).applied, withoutVector });
  }
}
