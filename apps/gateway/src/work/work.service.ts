import { randomUUID } from 'node:crypto';
import { EarshotError, type Job, type JobInput } from '@earshot/contracts';
import { Acceptor, type ItemSource, type KeyedAnswer, type KeyScope, type NewJob, type Workspace } from '@earshot/database';
import { logContext } from '@earshot/platform';
import { Engine, planOf } from '@earshot/queue';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import { newClip } from '../clips/new-clip.js';
import { fingerprintOf, fingerprintOfFiles } from '../idempotency/fingerprint.js';
import { newJobResource } from '../jobs/job-resource.js';
import { WORKSPACE } from '../tokens.js';
import type { ReceivedFile } from '../uploads/receive-files.js';
import type { Asking } from './asking.js';
import { Turns } from './turns.js';
import { WorkAnswers } from './work-answers.js';
import { priorities } from './work-query.js';

/** Clips that are stored already, in any number, and what was said of the job over them. */
export interface ClipsWork {
  items: ItemSource;
  metadata: Record<string, string>;
  /** How many items there are, where that is known before they are read. */
  count: number | null;
  /** Of the request; asked for once the items have been read. */
  fingerprint: () => string;
}

/** Jobs over more items than this give way to smaller ones. */
const smallJobItems = 100;

/** Items that stream in hold a transaction, and with it a connection, for as long as the client sends: the others need theirs. */
const streamsAtOnce = 3;

/** Accepts work: one transaction holds clips, job, tasks and idempotency key; the answer comes after it. */
@Injectable()
export class WorkService {
  private readonly streaming = new Turns(streamsAtOnce);

  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly acceptor: Acceptor,
    private readonly engine: Engine,
    private readonly answers: WorkAnswers,
  ) {}

  /** A job over files that were stored by this request. */
  async overFiles<J extends Job>(kind: J, input: JobInput<J>, files: ReceivedFile[], asking: Asking): Promise<void> {
    const fingerprint = asking.key === null ? '' : fingerprintOf([input, asking.wishes, fingerprintOfFiles(files)]);
    if (await this.answers.replay(asking, fingerprint)) return;
    const createdAt = new Date();
    const clips = files.map(newClip);
    const job = this.newJob(kind, input, createdAt, { metadata: {}, count: clips.length, asking });
    const body = JSON.stringify(newJobResource(job, clips.length, createdAt));
    const ending = this.answers.awaitEnd(job.id, asking);
    const { accepted, tasks } = await this.acceptor.submit({
      requestId: randomUUID(),
      workspaceId: this.workspace.id,
      createdAt,
      clips,
      job: { ...job, items: clips.map(({ id }) => ({ clipId: id, customId: null })) },
      keyed: asking.key === null ? null : acceptedUnder(asking.key, fingerprint, job.id, body),
    });
    if (!accepted) return this.answers.replayTaken(asking, fingerprint);
    this.engine.ring(tasks);
    await this.answers.send({ id: job.id, kind: job.kind, acceptedBody: body, clips }, ending, asking);
  }

  /** A job over clips that were stored before. */
  async overClips<J extends Job>(kind: J, input: JobInput<J>, work: ClipsWork, asking: Asking): Promise<void> {
    const fingerprint = () => fingerprintOf([input, asking.wishes, work.fingerprint()]);
    if (work.count !== null && (await this.answers.replay(asking, asking.key === null ? '' : fingerprint()))) return;
    const createdAt = new Date();
    const job = this.newJob(kind, input, createdAt, { ...work, asking });
    const ending = this.answers.awaitEnd(job.id, asking);
    const bodyOf = (total: number) => JSON.stringify(newJobResource(job, total, createdAt));
    const keyed = (key: KeyScope) => (count: number) => acceptedUnder(key, fingerprint(), job.id, bodyOf(count));
    const create = () =>
      this.workspace.jobs.createOverClips(job, work.items, { createdAt, keyed: asking.key === null ? null : keyed(asking.key) });
    const { accepted, total, tasks } = await (work.count === null ? this.streaming.take(create) : create());
    if (!accepted) return this.answers.replayTaken(asking, fingerprint());
    this.engine.ring(tasks);
    await this.answers.send({ id: job.id, kind: job.kind, acceptedBody: bodyOf(total), clips: null }, ending, asking);
  }

  /** A new job over the failed items of an ended one. */
  async again(jobId: string, asking: Asking): Promise<void> {
    const fingerprint = fingerprintOf(jobId);
    if (await this.answers.replay(asking, fingerprint)) return;
    const createdAt = new Date();
    const id = uuid();
    const ending = this.answers.awaitEnd(id, asking);
    const bodyOf = (job: NewJob, total: number) => JSON.stringify(newJobResource(job, total, createdAt));
    const keyed = (key: KeyScope) => (job: NewJob, total: number) => acceptedUnder(key, fingerprint, job.id, bodyOf(job, total));
    const retried = await this.workspace.jobs.retry(jobId, {
      id,
      createdAt,
      waiter: this.waiterOf(asking),
      keyed: asking.key === null ? null : keyed(asking.key),
      requestId: logContext().requestId ?? null,
    });
    if (retried === null) throw new EarshotError('NOTHING_TO_RETRY', `No item of job ${jobId} failed`);
    const { accepted, job, total, tasks } = retried;
    if (!accepted) return this.answers.replayTaken(asking, fingerprint);
    this.engine.ring(tasks);
    await this.answers.send({ id, kind: job.kind, acceptedBody: bodyOf(job, total), clips: null }, ending, asking);
  }

  private waiterOf({ waitSeconds }: Asking): string | null {
    return waitSeconds === null ? null : this.answers.channel;
  }

  private newJob(
    kind: Job,
    input: unknown,
    createdAt: Date,
    { metadata, count, asking }: Pick<ClipsWork, 'metadata' | 'count'> & { asking: Asking },
  ): NewJob {
    const {
      priority = count === null || count > smallJobItems ? 'low' : asking.waitSeconds !== null ? 'high' : 'normal',
      expiresInSeconds,
    } = asking.wishes;
    return {
      id: uuid(),
      kind: kind.kind,
      input: Object(input),
      metadata,
      priority: priorities[priority],
      stages: planOf(kind),
      waiter: this.waiterOf(asking),
      deadlineAt: expiresInSeconds === undefined ? null : new Date(createdAt.getTime() + expiresInSeconds * 1_000),
      retryOf: null,
      requestId: logContext().requestId ?? null,
    };
  }
}

function acceptedUnder(key: KeyScope, fingerprint: string, jobId: string, body: string): KeyedAnswer {
  return { ...key, fingerprint, status: 202, body, jobId };
}
