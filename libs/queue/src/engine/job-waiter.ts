import { randomUUID } from 'node:crypto';
import { type JobState, jobStates } from '@earshot/contracts';
import { type Database, endedAmong, type Failure, type Listener } from '@earshot/database';

/** What is told when a job ends. Only `jobId` when the answer was too large to travel, or the end was found by asking: then read it. */
export interface EndedJob {
  jobId: string;
  state?: JobState;
  succeeded?: number;
  failed?: number;
  error?: Failure | null;
  startedAt?: string;
  finishedAt?: string;
  items?: { index: number; state: 'succeeded' | 'failed'; result: unknown; error: Failure | null }[] | null;
}

interface Waiting {
  timer: NodeJS.Timeout;
  resolve: (ended: EndedJob | null) => void;
}

const pollMs = 1_000;

/** Tells when jobs end. NOTIFY is delivered only if its transaction committed, so it is as true as a read; a poll is the backstop. */
export class JobWaiter {
  /** Goes into `waiter` of the jobs of requests that wait. */
  readonly channel = `earshot_ends_${randomUUID().replaceAll('-', '')}`;
  private readonly waiting = new Map<string, Waiting[]>();
  private poll: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly listener: Listener,
  ) {}

  async start(): Promise<void> {
    await this.listener.listen(this.channel, (payload) => this.onNotice(payload));
    this.poll = setInterval(() => void this.ask().catch(() => undefined), pollMs); // asked again in a second
  }

  /** Resolves when the job has ended, or with null when the time is over. Arm it before the job is written. */
  wait(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<EndedJob | null> {
    return new Promise((resolve) => {
      const waiting: Waiting = { resolve, timer: setTimeout(() => this.giveUp(jobId, waiting), timeoutMs) };
      signal?.addEventListener('abort', () => this.giveUp(jobId, waiting), { once: true });
      this.waiting.set(jobId, [...(this.waiting.get(jobId) ?? []), waiting]);
    });
  }

  close(): void {
    clearInterval(this.poll);
    for (const [jobId, all] of this.waiting) for (const waiting of all) this.giveUp(jobId, waiting);
  }

  private giveUp(jobId: string, waiting: Waiting): void {
    clearTimeout(waiting.timer);
    const others = (this.waiting.get(jobId) ?? []).filter((other) => other !== waiting);
    if (others.length > 0) this.waiting.set(jobId, others);
    else this.waiting.delete(jobId);
    waiting.resolve(null);
  }

  private onNotice(payload: string): void {
    const ended = asEndedJob(payload);
    if (ended !== null) this.tell(ended);
  }

  private tell(ended: EndedJob): void {
    const all = this.waiting.get(ended.jobId) ?? [];
    this.waiting.delete(ended.jobId);
    for (const { timer, resolve } of all) {
      clearTimeout(timer);
      resolve(ended);
    }
  }

  private async ask(): Promise<void> {
    if (this.waiting.size === 0) return;
    for (const jobId of await endedAmong(this.database, [...this.waiting.keys()])) this.tell({ jobId });
  }
}

/** Anybody who may NOTIFY could send anything: what is not of the expected shape tells nothing. */
function asEndedJob(payload: string): EndedJob | null {
  const value = parsed(payload);
  if (typeof value !== 'object' || value === null || !('jobId' in value) || typeof value.jobId !== 'string') return null;
  const known = !('state' in value) || jobStates.some((state) => state === value.state);
  return known ? { ...value, jobId: value.jobId } : null;
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return null; // no JSON
  }
}
