import { createHash } from 'node:crypto';
import { EarshotError } from '@earshot/contracts';

const mostKnown = 10_000;
const knownForMs = 3_600_000;

/** A process that died, or memory that ran out, may be chance once; not so often. */
const triesOfPassing = 3;
const sometimesOwn: ReadonlySet<string> = new Set(['MEMORY_EXCEEDED', 'SANDBOX_CRASHED']);

interface Failure {
  error: EarshotError;
  times: number;
  sinceMs: number;
}

/** What has failed for its own reasons within the last hour, in this process. */
export class KnownFailures {
  private readonly failures = new Map<string, Failure>();
  private readonly underWay = new Map<string, Promise<unknown>>();

  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /**
   * Does the work, or fails as it failed before. The same work that comes meanwhile waits to see which, and is tried by one of them at a
   * time until it has succeeded once. `what` says all that the outcome depends on.
   */
  async orTry<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
    const key = keyOf(what);
    for (let other = this.underWay.get(key); other !== undefined; other = this.underWay.get(key)) if (await hasSucceeded(other)) break;
    this.throwKnown(key);
    const trying = work();
    if (!this.underWay.has(key)) {
      this.underWay.set(key, trying);
      trying.catch(() => undefined).finally(() => this.underWay.delete(key));
    }
    try {
      return await trying;
    } catch (error) {
      this.note(key, error);
      throw error;
    }
  }

  private throwKnown(key: string): void {
    const known = this.failures.get(key);
    if (known === undefined) return;
    if (this.nowMs() - known.sinceMs > knownForMs) this.failures.delete(key);
    else if (known.times >= (sometimesOwn.has(known.error.code) ? triesOfPassing : 1)) throw known.error;
  }

  private note(key: string, error: unknown): void {
    if (!(error instanceof EarshotError) || !(error.spec.status === 422 || sometimesOwn.has(error.code))) return;
    const times = (this.failures.get(key)?.times ?? 0) + 1;
    this.failures.delete(key); // the newest stands last
    this.failures.set(key, { error, times, sinceMs: this.nowMs() });
    const [oldest] = this.failures.keys();
    if (this.failures.size > mostKnown && oldest !== undefined) this.failures.delete(oldest);
  }
}

/** Eight profiles of a caller's own are 290 kB, and ten thousand failures of them would be 3 GB; what is short costs less as it is. */
const keyOf = (what: string): string => (what.length <= 250 ? what : createHash('sha256').update(what).digest('base64'));

const hasSucceeded = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );
