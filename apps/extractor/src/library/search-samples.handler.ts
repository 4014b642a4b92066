import { searchSamples, type TaskInput } from '@earshot/contracts';
import { getEmbedder } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { SampleSearch } from '@earshot/vectors';
import { Injectable } from '@nestjs/common';
import { ClipVectors } from './clip-vectors.js';

@Injectable()
@Handles(searchSamples)
export class SearchSamplesHandler implements TaskHandler<typeof searchSamples> {
  constructor(
    private readonly vectors: ClipVectors,
    private readonly search: SampleSearch,
  ) {}

  async run(input: TaskInput<typeof searchSamples>, context: TaskContext<typeof searchSamples>): Promise<void> {
    const { workspaceId, items, item } = context;
    const { profile } = getEmbedder(input.embedder);
    await this.vectors.lend({ job: context, clips: items, profile, isKeptLater: true }, (vectorOf) =>
      Promise.all(items.map((clip) => item(clip.index, async () => this.search.likeVector(workspaceId, await vectorOf(clip), input)))),
    );
  }
}
