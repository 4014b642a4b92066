import { randomUUID } from 'node:crypto';
import { EarshotError, type JobInput, type JobResource, type Kind, planOf } from '@earshot/contracts';
import {
  type Acceptance,
  Acceptor,
  type AcceptRequest,
  type ItemSource,
  type KeyedAnswer,
  type KeyScope,
  type NewClip,
  type NewItem,
  type NewJob,
  type StoredAnswer,
  type WaitingTask,
  type Workspace,
} from '@earshot/database';
import { logContext } from '@earshot/platform';
import { type EndedJob, Engine, JobWaiter } from '@earshot/queue';
import { VectorStore } from '@earshot/vectors';
import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuid } from 'uuid';
import type { Caller } from '../access/caller.js';
import { Admission, type Draft, smallJobItems } from '../backlog/admission.js';
import { newClip } from '../clips/new-clip.js';
import { fingerprintOf, fingerprintOfFiles } from '../idempotency/fingerprint.js';
import { replayed } from '../idempotency/replayed.js';
import { jobResource, newJobResource } from '../jobs/job-resource.js';
import { type Ending, notifiedEnding, readEnding } from '../jobs/result.js';
import { WORKSPACE } from '../tokens.js';
import type { ReceivedFile } from '../uploads/receive-form.js';
import { Kinds } from './kinds.js';
import type { Terms } from './terms.js';
import { priorities } from './work-query.js';

/** Clips that are stored already, in any number, and what was said of the job over them. */
export interface StoredClips {
  items: ItemSource;
  metadata: Record<string, string>;
  /** How many items there are, where that is known before they are read. */
  count: number | null;
  /** Of the request; asked for once the items have been read. */
  fingerprint: () => string;
}

/** Files that become more than clips: what is said of them, for the fingerprint, and how it is written in the transaction of the work. */
export interface MoreOfFiles {
  said: unknown;
  write: (request: AcceptRequest) => Promise<Acceptance>;
}

/** What became of a request for work: its job is on its way, or it was waited for and has ended. */
export type WorkOutcome = { jobId: string; isReplayed: boolean } & ({ job: JobResource } | Ending);

/** How the rows of a request are written, once it is known that its idempotency key was not used before. */
type Write = (parts: WriteParts) => Promise<Written>;

interface WriteParts {
  id: string;
  createdAt: Date;
  waiter: string | null;
  keyed: KeyOf | null;
  /** Counts what is about to wait. */
  draft: Draft;
}

type KeyOf = (job: NewJob, total: number) => KeyedAnswer;

interface Written {
  /** False when another request holds the key: then nothing was written. */
  accepted: boolean;
  job: NewJob;
  total: number;
  tasks: WaitingTask[];
  /** The items' clips where this request brought them: then the result is known without reading. */
  clips: NewClip[] | null;
}

/** Items of a list whose length is not known are counted by so many. */
const itemsAtOnce = 100;

/** Accepts work: one transaction holds clips, job, tasks and idempotency key. What is answered is up to the caller. */
@Injectable()
export class WorkService {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly acceptor: Acceptor,
    private readonly engine: Engine,
    private readonly waiter: JobWaiter,
    private readonly kinds: Kinds,
    private readonly vectors: VectorStore,
    private readonly admission: Admission,
  ) {}

  /** Work on files that were stored by this request; on nothing but its options when there are none. */
  onFiles<K extends Kind>(
    kind: K,
    input: JobInput<K>,
    files: ReceivedFile[],
    terms: Terms,
    metadata = {},
    more?: MoreOfFiles,
  ): Promise<WorkOutcome> {
    const said = more === undefined ? [] : [more.said];
    const fingerprint = () => fingerprintOf([input, terms.scheduling, fingerprintOfFiles(files), metadata, ...said]);
    return this.accept(terms, fingerprint, null, async ({ id, createdAt, waiter, keyed, draft }) => {
      const clips = files.map(newClip);
      const resolved = await this.kinds.resolve(kind, input, { id, workspace: this.workspace, vectors: this.vectors });
      const bytes = clips.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      const job = this.newJob(kind, resolved.input, { id, createdAt, waiter, metadata, count: clips.length, bytes, terms });
      draft.grow({ items: Math.max(1, clips.length), bytes });
      const request: AcceptRequest = {
        requestId: randomUUID(),
        workspaceId: this.workspace.id,
        createdAt,
        clips,
        job: { ...job, items: clips.map((clip) => ({ clipId: clip.id, customId: null })) },
        keyed: keyed?.(job, clips.length) ?? null,
      };
      const { accepted, tasks } = await (more?.write(request) ?? this.acceptor.submit(request));
      const areTheItems = kind.result === undefined && more === undefined;
      return { accepted, job, total: clips.length, tasks, clips: areTheItems ? clips : null };
    });
  }

  /** Work on clips that were stored before. */
  onClips<K extends Kind>(kind: K, input: JobInput<K>, stored: StoredClips, terms: Terms): Promise<WorkOutcome> {
    const fingerprint = () => fingerprintOf([input, terms.scheduling, stored.fingerprint()]);
    const readAll = stored.count === null ? () => drain(stored.items) : null;
    return this.accept(terms, fingerprint, readAll, async ({ id, createdAt, waiter, keyed, draft }) => {
      const resolved = await this.kinds.resolve(kind, input, { id, workspace: this.workspace, vectors: this.vectors });
      const job = this.newJob(kind, resolved.input, { id, createdAt, waiter, ...stored, terms });
      const keyOf = keyed === null ? null : (total: number) => keyed(job, total);
      const created = await this.workspace.jobs.createOverClips(job, counted(stored, draft), { createdAt, keyed: keyOf });
      return { ...created, job, clips: null };
    });
  }

  /** Work on a dataset that the options name: its rules say which clips are in it. */
  onDataset<K extends Kind>(kind: K, input: JobInput<K>, terms: Terms, metadata = {}): Promise<WorkOutcome> {
    const fingerprint = () => fingerprintOf([input, terms.scheduling, metadata]);
    return this.accept(terms, fingerprint, null, async ({ id, createdAt, waiter, keyed, draft }) => {
      const { input: resolved, items } = await this.kinds.resolve(kind, input, { id, workspace: this.workspace, vectors: this.vectors });
      if (items === undefined) throw new EarshotError('INTERNAL', `Nothing says which clips a job of the kind ${kind.kind} is over`);
      const job = this.newJob(kind, resolved, { id, createdAt, waiter, metadata, count: null, terms });
      const keyOf = keyed === null ? null : (total: number) => keyed(job, total);
      const created = await this.workspace.jobs.createOverClips(job, counted({ items, count: null }, draft), {
        createdAt,
        keyed: keyOf,
        mayBeDeleted: true,
      });
      return { ...created, job, clips: null };
    });
  }

  /** A new job over what an ended one has not done. */
  retry(jobId: string, terms: Terms): Promise<WorkOutcome> {
    return this.accept(
      terms,
      () => fingerprintOf(jobId),
      null,
      async ({ id, createdAt, waiter, keyed, draft }) => {
        const requestId = logContext().requestId ?? null;
        const { holder: caller } = terms.caller;
        const old = await this.workspace.jobs.get(jobId);
        const left = Math.max(1, old.total - old.succeeded);
        const priority = this.priorityAgain(old.priority, left, terms.caller);
        draft.grow({ items: left });
        const retried = await this.workspace.jobs.retry(jobId, { id, createdAt, waiter, keyed, requestId, caller, priority });
        if (retried === null) throw new EarshotError('NOTHING_TO_RETRY', `Nothing of job ${jobId} is left to be done`);
        return { ...retried, clips: null };
      },
    );
  }

  /** As it was asked for the first time, if this caller may ask for it; its place among its like is that of whoever asks now. */
  private priorityAgain(before: number, items: number, { holder, mayHurry }: Caller): number {
    const asked = before >= priorities.low ? 'low' : before >= priorities.normal || !mayHurry ? 'normal' : 'high';
    return priorities[asked] + this.admission.levelOf(holder, items);
  }

  private newJob(kind: Kind, input: unknown, { id, createdAt, waiter, metadata, count, bytes = 0, terms }: JobParts): NewJob {
    const { caller, scheduling } = terms;
    const priority = priorities[priorityOf(count, terms)] + this.admission.levelOf(caller.holder, count ?? Number.POSITIVE_INFINITY);
    return {
      id,
      kind: kind.kind,
      input: Object(input),
      metadata,
      priority,
      caller: caller.holder,
      bytes,
      stages: planOf(kind, count ?? undefined),
      waiter,
      deadlineAt: scheduling.expiresInSeconds === undefined ? null : new Date(createdAt.getTime() + scheduling.expiresInSeconds * 1_000),
      retryOf: null,
      requestId: logContext().requestId ?? null,
    };
  }

  /** `readAll` reads a request to its end, where its fingerprint is not known before. */
  private async accept(terms: Terms, fingerprint: () => string, readAll: (() => Promise<void>) | null, write: Write): Promise<WorkOutcome> {
    const known = terms.key === null ? null : await this.knownAnswer(terms.key, fingerprint, readAll);
    if (known !== null) return this.again(terms, known);
    const { holder } = terms.caller;
    this.admission.admit(holder);
    const draft = this.admission.draft(holder);
    draft.grow({ jobs: 1 }); // those that come together do not pass a limit together: each counts before it is written
    const [id, createdAt, key] = [uuid(), new Date(), terms.key];
    const ending = terms.waitSeconds === null ? null : this.waiter.wait(id, terms.waitSeconds * 1_000, terms.signal);
    const jobOf = (job: NewJob, total: number) => newJobResource(job, total, createdAt);
    const keyed: KeyOf | null =
      key === null
        ? null
        : (job, total) => ({ ...key, fingerprint: fingerprint(), status: 202, body: JSON.stringify(jobOf(job, total)), jobId: id });
    const counts = (done: Written) => {
      if (done.accepted) this.admission.accepted(holder, { jobs: 1, items: Math.max(1, done.total), bytes: done.job.bytes ?? 0 });
      return done;
    };
    const written = await write({ id, createdAt, waiter: ending === null ? null : this.waiter.channel, keyed, draft })
      .then(counts)
      .finally(() => draft.end());
    if (key !== null && !written.accepted) return this.again(terms, await replayed(this.workspace, key, fingerprint()));
    this.engine.ring(written.tasks);
    const accepted = { jobId: id, isReplayed: false, job: jobOf(written.job, written.total) };
    if (ending === null) return accepted;
    terms.onWaiting?.();
    return this.outcomeOf(accepted, await ending, terms, written);
  }

  private async knownAnswer(key: KeyScope, fingerprint: () => string, readAll: (() => Promise<void>) | null): Promise<StoredAnswer | null> {
    if (readAll === null) return this.workspace.answers.find(key, fingerprint());
    if (!(await this.workspace.answers.has(key))) return null;
    await readAll();
    return replayed(this.workspace, key, fingerprint());
  }

  /** What was answered before under the same key; its job is waited for like a new one. */
  private async again(terms: Terms, { body, jobId }: { body: string; jobId: string | null }): Promise<WorkOutcome> {
    if (jobId === null) throw new EarshotError('INTERNAL', 'Work was asked for under the key of an upload');
    const accepted = { jobId, isReplayed: true, job: JSON.parse(body) };
    if (terms.waitSeconds === null) return accepted;
    const job = await this.workspace.jobs.get(jobId);
    terms.onWaiting?.();
    const hasEnded = job.finishedAt !== null || (await this.waiter.wait(jobId, terms.waitSeconds * 1_000, terms.signal)) !== null;
    return hasEnded && !terms.signal?.aborted ? { jobId, isReplayed: true, ...(await readEnding(this.workspace, jobId)) } : accepted;
  }

  private async outcomeOf(
    accepted: { jobId: string; isReplayed: boolean; job: JobResource },
    ended: EndedJob | null,
    { signal }: Terms,
    { job, clips }: Written,
  ): Promise<WorkOutcome> {
    if (signal?.aborted) return accepted; // nobody is there to be answered
    if (ended === null) return { ...accepted, job: jobResource(await this.workspace.jobs.get(accepted.jobId)) };
    const notified = clips === null ? null : notifiedEnding(job, clips, ended);
    return { jobId: accepted.jobId, isReplayed: false, ...(notified ?? (await readEnding(this.workspace, accepted.jobId))) };
  }
}

/** The same items, counted while they come: there may be more of them than may wait. */
async function* counted({ items, count }: Pick<StoredClips, 'items' | 'count'>, draft: Draft): AsyncGenerator<NewItem> {
  if (count !== null) draft.grow({ items: count });
  let n = 0;
  for await (const item of items) {
    if (count === null && n++ % itemsAtOnce === 0) draft.grow({ items: itemsAtOnce });
    yield item;
  }
}

async function drain(items: ItemSource): Promise<void> {
  for await (const _ of items);
}

interface JobParts {
  id: string;
  createdAt: Date;
  waiter: string | null;
  metadata: Record<string, string>;
  count: number | null;
  bytes?: number;
  terms: Terms;
}

/** What is waited for goes first, and large jobs last, unless the caller says otherwise. */
function priorityOf(count: number | null, { caller, scheduling, waitSeconds }: Terms): keyof typeof priorities {
  if (scheduling.priority === 'high' && !caller.mayHurry)
    throw new EarshotError('PRIORITY_REFUSED', `The caller ${caller.holder} may not ask for the priority high`);
  if (scheduling.priority !== undefined) return scheduling.priority;
  if (count === null || count > smallJobItems) return 'low';
  return waitSeconds !== null && caller.mayHurry ? 'high' : 'normal';
}
