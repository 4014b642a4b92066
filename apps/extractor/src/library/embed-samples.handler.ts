import { clipErrors, EarshotError, type ErrorCode, embedSamples, planIndex, type TaskInput } from '@earshot/contracts';
import { type ClaimedItem, ClipRepository, Database, IndexEntries } from '@earshot/database';
import { getEmbedder } from '@earshot/learning';
import { Handles, type TaskContext, type TaskHandler } from '@earshot/queue';
import { Injectable } from '@nestjs/common';
import { ClipVectors } from './clip-vectors.js';

/** How often one clip is tried again at once when it failed for its own reason that may pass. */
const triesOfAClip = 3;

const ownReasons: ReadonlySet<ErrorCode> = new Set(clipErrors);

@Injectable()
@Handles(embedSamples)
export class EmbedSamplesHandler implements TaskHandler<typeof embedSamples> {
  constructor(
    private readonly database: Database,
    private readonly vectors: ClipVectors,
  ) {}

  /**
   * A sample that cannot be read stays without a vector, also one that takes too much memory or ends the sandbox each time. What may pass
   * and is not the clip's own is tried again, with what has been kept until then.
   */
  async run({ embedder }: TaskInput<typeof embedSamples>, context: TaskContext<typeof embedSamples>): Promise<void> {
    const { workspaceId, jobId, ordinal, signal } = context;
    const [plan] = await context.outputs(planIndex);
    const after = plan?.lacking[ordinal];
    const clips = plan === undefined || after === undefined ? [] : await this.clipsAfter(jobId, workspaceId, after, plan.chunkSamples);
    let unreadable = 0;
    const passing: EarshotError[] = [];
    await this.vectors.lend({ job: context, clips, profile: getEmbedder(embedder).profile, isKeptLater: false }, (vectorOf) =>
      Promise.all(
        clips.map(async (clip) => {
          try {
            await triedAgain(() => vectorOf(clip), signal);
          } catch (error) {
            if (!(error instanceof EarshotError)) throw error;
            if (error.spec.retry && !ownReasons.has(error.code)) passing.push(error);
            else unreadable += 1;
          }
        }),
      ),
    );
    signal.throwIfAborted();
    if (passing[0] !== undefined) throw passing[0];
    context.output({ unreadable });
  }

  private async clipsAfter(versionId: string, workspaceId: string, after: string | null, limit: number): Promise<ClaimedItem[]> {
    const entries = await new IndexEntries(this.database, versionId).all(after, limit);
    const samples = entries.flatMap(({ clipId, sample }) => (sample === null ? [] : [{ clipId, ...sample }]));
    const sizes = await new ClipRepository(this.database, workspaceId).sizes(samples.map(({ clipId }) => clipId));
    return samples.flatMap(({ clipId, sha256, filename }, index) => {
      const sizeBytes = sizes.get(clipId);
      return sizeBytes === undefined
        ? []
        : [{ index, clipId, sha256, filename, sizeBytes, customId: null, deleted: false, hasDerived: true }];
    });
  }
}

async function triedAgain(work: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      const mayHelp = error instanceof EarshotError && error.spec.retry && ownReasons.has(error.code);
      if (!mayHelp || attempt === triesOfAClip || signal.aborted) throw error;
    }
  }
}
