import { type Description, describeClips, spectrogramRecipe, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, Database, DerivedRepository } from '@earshot/database';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import type { BlobStore } from '@earshot/storage';
import { blobStore } from '@earshot/worker';
import { Inject, Injectable } from '@nestjs/common';
import { ClipFiles } from '../clip-files.js';
import { keepResults, type NewResult } from '../derived/new-results.js';

@Injectable()
@Handles(describeClips)
export class DescribeClipsHandler implements TaskHandler<typeof describeClips> {
  constructor(
    private readonly clips: ClipFiles,
    private readonly sandbox: Sandbox,
    private readonly database: Database,
    @Inject(blobStore) private readonly store: BlobStore,
  ) {}

  async run({ spectrogram }: TaskInput<typeof describeClips>, context: TaskContext<typeof describeClips>): Promise<void> {
    const { workspaceId, items, item, signal } = context;
    const pictures: NewResult[] = [];
    await Promise.all(
      items.map((clip) =>
        item(clip.index, async () => {
          if (spectrogram !== true) return this.describe(workspaceId, clip, signal);
          const { description, picture } = await this.describeAndDraw(workspaceId, clip, signal);
          pictures.push(picture);
          return description;
        }),
      ),
    );
    await keepResults(pictures, workspaceId, new DerivedRepository(this.database, workspaceId), this.store);
  }

  private describe(workspaceId: string, clip: ClaimedItem, signal: AbortSignal): Promise<Description> {
    return this.clips.lend(workspaceId, clip, (file) => this.sandbox.run('describe', file, { signal }));
  }

  private async describeAndDraw(
    workspaceId: string,
    clip: ClaimedItem,
    signal: AbortSignal,
  ): Promise<{ description: Description; picture: NewResult }> {
    const { sha256, description, spectrogram } = await this.clips.lend(workspaceId, clip, async (file, hash) => ({
      sha256: hash,
      ...(await this.sandbox.run('describeAndDraw', file, { signal })),
    }));
    const { png, width, height } = spectrogram;
    const facts = { durationSeconds: description.durationSeconds };
    return { description, picture: { sha256, recipe: spectrogramRecipe, shape: [height, width], facts, bytes: png } };
  }
}
