import { describeClips, type TaskInput } from '@earshot/contracts';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import { Injectable } from '@nestjs/common';
import { ClipFiles } from '../clip-files.js';

@Injectable()
@Handles(describeClips)
export class DescribeClipsHandler implements TaskHandler<typeof describeClips> {
  constructor(
    private readonly clips: ClipFiles,
    private readonly sandbox: Sandbox,
  ) {}

  async run(_: TaskInput<typeof describeClips>, { workspaceId, items, item, signal }: TaskContext<typeof describeClips>): Promise<void> {
    await Promise.all(
      items.map((clip) =>
        item(clip.index, () => this.clips.lend(workspaceId, clip, (file) => this.sandbox.run('describe', file, { signal }))),
      ),
    );
  }
}
