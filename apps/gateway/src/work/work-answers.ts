import { EarshotError, type ItemResource } from '@earshot/contracts';
import type { NewClip, StoredAnswer, Workspace } from '@earshot/database';
import { type EndedJob, JobWaiter } from '@earshot/queue';
import { Inject, Injectable } from '@nestjs/common';
import { itemResource, jobPath, jobResource } from '../jobs/job-resource.js';
import { readResult, refuseWithoutResult, resultBody } from '../jobs/result.js';
import { send } from '../requests/answer.js';
import { WORKSPACE } from '../tokens.js';
import type { Asking } from './asking.js';

/** An accepted job, and what its answers are made of. */
interface AcceptedJob {
  id: string;
  kind: string;
  acceptedBody: string;
  /** Its items' clips where this request brought them: then the result can be told without reading. */
  clips: NewClip[] | null;
}

/** How a request for work is answered: 202 with the job, 200 with the result that was waited for, or what was answered before. */
@Injectable()
export class WorkAnswers {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly waiter: JobWaiter,
  ) {}

  /** Where the end of jobs is told that somebody waits for. */
  get channel(): string {
    return this.waiter.channel;
  }

  /** Begins to listen for the end of a job that is about to be written; null when nobody waits. */
  awaitEnd(jobId: string, { waitSeconds, signal }: Asking): Promise<EndedJob | null> | null {
    return waitSeconds === null ? null : this.waiter.wait(jobId, waitSeconds * 1000, signal);
  }

  async send(job: AcceptedJob, ending: Promise<EndedJob | null> | null, asking: Asking): Promise<void> {
    asking.response.setHeader('Location', jobPath(job.id));
    if (ending === null) return sendAccepted(asking, job.acceptedBody);
    const ended = await ending;
    if (asking.signal?.aborted) return;
    if (ended === null) return sendAccepted(asking, await this.presentBody(job.id));
    await this.sendResult(asking, () => toldResult(job, ended) ?? readResult(this.workspace, job.id));
  }

  /** Answers what was answered before under the same key; false when there was nothing. */
  async replay(asking: Asking, fingerprint: string): Promise<boolean> {
    const stored = asking.key === null ? null : await this.workspace.answers.find(asking.key, fingerprint);
    if (stored === null) return false;
    await this.sendAgain(asking, stored);
    return true;
  }

  /** For a request that found its key taken when it was written. */
  async replayTaken(asking: Asking, fingerprint: string): Promise<void> {
    if (!(await this.replay(asking, fingerprint)))
      throw new EarshotError('INTERNAL', 'The answer under this Idempotency-Key was removed at this very moment');
  }

  private async sendAgain(asking: Asking, { status, body, jobId }: StoredAnswer): Promise<void> {
    const { response, waitSeconds, signal } = asking;
    response.setHeader('Idempotency-Replayed', 'true');
    if (jobId === null) return send(response, { status, body });
    response.setHeader('Location', jobPath(jobId));
    if (waitSeconds === null) return sendAccepted(asking, body);
    const job = await this.workspace.jobs.get(jobId);
    const hasEnded = job.finishedAt !== null || (await this.waiter.wait(jobId, waitSeconds * 1000, signal)) !== null;
    if (signal?.aborted) return;
    if (!hasEnded) return sendAccepted(asking, body);
    await this.sendResult(asking, () => readResult(this.workspace, jobId));
  }

  private async sendResult({ response, waitSeconds }: Asking, result: () => string | Promise<string>): Promise<void> {
    response.setHeader('Preference-Applied', `wait=${waitSeconds}`);
    send(response, { status: 200, body: await result() });
  }

  private async presentBody(jobId: string): Promise<string> {
    return JSON.stringify(jobResource(await this.workspace.jobs.get(jobId)));
  }
}

function sendAccepted({ response, waitSeconds }: Asking, body: string): void {
  if (waitSeconds !== null) response.setHeader('Preference-Applied', 'respond-async');
  send(response, { status: 202, headers: { 'Retry-After': '1' }, body });
}

/** The result from what the end of the job told and what this request knows; null when either is not enough. */
function toldResult({ id, kind, clips }: AcceptedJob, { state, succeeded, failed, error, items }: EndedJob): string | null {
  if (state === undefined) return null;
  refuseWithoutResult({ id, state, error: error ?? null });
  if (clips === null || !items || items.length !== clips.length || succeeded === undefined || failed === undefined) return null;
  const resources: ItemResource[] = items.map((item) => {
    const clip = clips[item.index];
    return itemResource({ ...item, customId: null, clipId: clip?.id ?? null, filename: clip?.filename ?? null });
  });
  return resultBody({ id, kind, state, total: clips.length, succeeded, failed, items: resources, nextCursor: null });
}
