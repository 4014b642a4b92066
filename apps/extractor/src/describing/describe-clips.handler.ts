import { type Description, describeClips, spectrogramRecipe, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, Database, DerivedRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipCalls } from '../clip-calls.js';
import { keepResults, type NewResult } from '../derived/new-results.js';

@Injectable()
@Handles(describeClips)
export class DescribeClipsHandler implements TaskHandler<typeof describeClips> {
  constructor(
    private readonly calls: ClipCalls,
    private readonly database: Database,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  async run({ spectrogram }: TaskInput<typeof describeClips>, context: TaskContext<typeof describeClips>): Promise<void> {
    const { workspaceId, items, item } = context;
    const pictures: NewResult[] = [];
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          if (spectrogram !== true) return (await this.calls.run('describe', {}, clip, context)).output;
          const { description, picture } = await this.describeAndDraw(clip, context);
          pictures.push(picture);
          return description;
        }),
      ),
    );
    await keepResults(pictures, workspaceId, new DerivedRepository(this.database, workspaceId), this.store);
  }

  private async describeAndDraw(
    clip: ClaimedItem,
    context: TaskContext<typeof describeClips>,
  ): Promise<{ description: Description; picture: NewResult }> {
    const { sha256, output } = await this.calls.run('describeAndDraw', {}, clip, context);
    const { description, spectrogram } = output;
    const { png, width, height } = spectrogram;
    const facts = { durationSeconds: description.durationSeconds };
    return { description, picture: { sha256, recipe: spectrogramRecipe, shape: [height, width], facts, bytes: png } };
  }
}
