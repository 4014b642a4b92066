import type { PlannedStage, Slot } from '@earshot/contracts';
import type pg from 'pg';
import { type Database, hot } from '../database.js';
import type { Grouped } from '../grouped.js';
import { sql } from '../sql.js';

export interface NewClip {
  id: string;
  sha256: string;
  filename: string;
  sizeBytes: number;
}

export interface NewItem {
  clipId: string | null;
  customId: string | null;
}

export interface NewJob {
  id: string;
  kind: string;
  input: object;
  metadata: Record<string, string>;
  /** From 0 high, from 5 normal, from 9 low. */
  priority: number;
  /** Whose key it came with; nobody's by default. */
  caller?: string;
  /** That were uploaded for it; none by default. */
  bytes?: number;
  stages: PlannedStage[];
  /** The gateway's channel on which the end is told, if somebody waits. */
  waiter: string | null;
  /** By the caller's clock: the database takes how far it is from the creation, and counts that by its own. */
  deadlineAt: Date | null;
  retryOf: string | null;
  /** The job whose task starts it. */
  startedBy?: string | null;
  /** Of the request that asks for it, for the logs of all who work on it. */
  requestId?: string | null;
}

/** The answer to a request with an idempotency key, stored with the work that it asked for. */
export interface KeyedAnswer {
  holder: string;
  method: string;
  path: string;
  key: string;
  fingerprint: string;
  status: number;
  body: string;
  jobId: string | null;
}

/** What one request brings: new clips, perhaps a job over them, perhaps under an idempotency key. All of it or nothing. */
export interface AcceptRequest {
  /** UUID that tells this request from every other. */
  requestId: string;
  workspaceId: string;
  createdAt: Date;
  clips: NewClip[];
  job: (NewJob & { items: NewItem[] }) | null;
  keyed: KeyedAnswer | null;
}

/** A task to ring for. */
export interface WaitingTask {
  id: number;
  queue: string;
  slot: Slot;
  priority: number;
  /** How many items it covers; 1 for a task without items. */
  items: number;
}

/** `accepted` is false when another request holds the idempotency key: then nothing was written. */
export interface Acceptance {
  accepted: boolean;
  tasks: WaitingTask[];
}

/**
 * The commit point of small requests: clips, job, stages, tasks, items and idempotency key in one statement, shared by all
 * requests that arrive together. Whoever submits rings for the tasks; the dispatcher rings again after two seconds.
 */
export class Acceptor {
  private readonly grouped: Grouped<AcceptRequest, Acceptance>;

  constructor(private readonly database: Database) {
    this.grouped = database.grouped((requests) => this.accept(requests), { maxGroup: 64 });
  }

  submit(request: AcceptRequest): Promise<Acceptance> {
    return this.grouped.submit(request);
  }

  private async accept(requests: AcceptRequest[]): Promise<Acceptance[]> {
    const answers = await accept(this.database, requests);
    return requests.map(({ requestId }) => answers.get(requestId) ?? refused);
  }
}

/** The same of one request within a transaction that does more. */
export async function acceptWithin(database: Database, client: pg.ClientBase, request: AcceptRequest): Promise<Acceptance> {
  return (await accept(database, [request], client)).get(request.requestId) ?? refused;
}

const refused: Acceptance = { accepted: false, tasks: [] };

/** By the ids of those requests that were accepted. */
async function accept(database: Database, requests: AcceptRequest[], client?: pg.ClientBase): Promise<Map<string, Acceptance>> {
  const values = [JSON.stringify(asTables(requests)), rungAtOnce];
  const rows = await database.run<{ request: string; task: number | null } & Omit<WaitingTask, 'id'>>(acceptStatement, values, client);
  const answers = new Map<string, Acceptance>();
  for (const { request, task, queue, slot, priority, items } of rows) {
    const answer = answers.get(request) ?? { accepted: true, tasks: [] };
    if (task !== null) answer.tasks.push({ id: task, queue, slot, priority, items });
    answers.set(request, answer);
  }
  return answers;
}

/** The requests as one list of rows for each table. */
function asTables(requests: AcceptRequest[]) {
  const jobs = requests.flatMap(({ requestId: request, workspaceId: workspace, createdAt, job }) =>
    job === null ? [] : [{ request, workspace, createdAt, ...job }],
  );
  return {
    requests: requests.map(({ requestId, workspaceId, keyed }) => ({
      id: requestId,
      workspace: workspaceId,
      keyed: keyed !== null,
      ...keyed,
    })),
    clips: requests.flatMap(({ requestId: request, workspaceId: workspace, createdAt, clips }) =>
      clips.map((clip) => ({ request, workspace, createdAt, ...clip })),
    ),
    jobs: jobs.map(({ items, stages: _, ...job }) => ({ ...job, total: items.length })),
    stages: jobs.flatMap(({ request, workspace, id: job, priority, stages, items }) =>
      stages.map((stage, index) => ({
        request,
        workspace,
        job,
        index,
        ...stage,
        priority,
        total: items.length,
      })),
    ),
    items: jobs.flatMap(({ request, workspace, id: job, items }) =>
      items.map((item, index) => ({ request, workspace, job, index, ...item })),
    ),
  };
}

/** Up to this many tasks of a kind are rung for by whoever made them; more wait for the dispatcher, which keeps a window. */
export const rungAtOnce = 200;

const acceptStatement = hot(sql('accept'));
