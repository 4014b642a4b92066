import { EarshotError } from '@earshot/contracts';
import type { Log } from './log.js';

export interface CheckOptions {
  /** Default 2000. */
  timeoutMs?: number;
  /** Default true. A check that is not required makes the answer `degraded`, never 503. */
  isRequired?: boolean;
}

interface Check extends Required<CheckOptions> {
  name: string;
  run: () => Promise<unknown>;
}

type CheckState = 'ok' | 'failed' | 'timed out';

/** What is as it is while the process lives, and who asks may want to know. */
type Details = Record<string, Readonly<Record<string, string>>>;

export interface HealthAnswer {
  status: 200 | 503;
  body: {
    status: string;
    reason?: string;
    checks?: Record<string, { status: CheckState; durationMs: number; code?: string }>;
    details?: Details;
  };
}

/** Whether a process lives (its event loop turns) and whether it is ready (what it needs answers). */
export class Health {
  private readonly checks: Check[] = [];
  private readonly details: Details = {};
  private notLive: string | null = null;
  private draining = false;
  private running: Promise<HealthAnswer> | null = null;
  private readonly failing = new Set<string>();

  constructor(private readonly log?: Log) {}

  get isDraining(): boolean {
    return this.draining;
  }

  /** Readiness answers 503 from now on, for good. */
  drain(): void {
    this.draining = true;
  }

  /** Says that the process is stuck, and why, or that it is well again (null). */
  setLive(reasonWhyNot: string | null): void {
    this.notLive = reasonWhyNot;
  }

  /** Adds something that readiness needs: `run` rejects when it is away. */
  addCheck(name: string, run: () => Promise<unknown>, { timeoutMs = 2000, isRequired = true }: CheckOptions = {}): void {
    this.checks.push({ name, run, timeoutMs, isRequired });
  }

  /** Adds something that readiness tells, whatever it is: nothing depends on it. */
  addDetail(name: string, detail: Readonly<Record<string, string>>): void {
    this.details[name] = detail;
  }

  live(): HealthAnswer {
    return this.notLive === null
      ? { status: 200, body: { status: 'live' } }
      : { status: 503, body: { status: 'stuck', reason: this.notLive } };
  }

  /** Probes that arrive while the checks run share their answer, so that probing never piles up on a slow database. */
  async ready(): Promise<HealthAnswer> {
    if (this.draining) return { status: 503, body: { status: 'draining' } };
    this.running ??= this.runChecks().finally(() => {
      this.running = null;
    });
    const answer = await this.running;
    return this.draining ? this.ready() : answer;
  }

  private async runChecks(): Promise<HealthAnswer> {
    const results = await Promise.all(this.checks.map((check) => this.runCheck(check)));
    const bad = results.filter(({ state }) => state !== 'ok');
    const isReady = bad.every(({ check }) => !check.isRequired);
    const status = !isReady ? 'not ready' : bad.length > 0 ? 'degraded' : 'ready';
    const checks = Object.fromEntries(
      results.map(({ check, state, durationMs, failure }) => [check.name, { status: state, durationMs, ...codeOf(failure) }]),
    );
    const details = Object.keys(this.details).length > 0 ? { details: this.details } : {};
    return { status: isReady ? 200 : 503, body: { status, checks, ...details } };
  }

  private async runCheck(check: Check): Promise<{ check: Check; state: CheckState; durationMs: number; failure: unknown }> {
    const startMs = performance.now();
    let failure: unknown;
    const state = await within(check).catch((error: unknown): CheckState => {
      failure = error;
      return 'failed';
    });
    this.tellChange(check.name, state, failure);
    return { check, state, durationMs: Math.round(performance.now() - startMs), failure };
  }

  /** Probes come every few seconds: what went away, or came back, is told once. */
  private tellChange(check: string, state: CheckState, error: unknown): void {
    if (state === 'ok') {
      if (this.failing.delete(check)) this.log?.info({ check }, 'a readiness check passes again');
    } else if (!this.failing.has(check)) {
      this.failing.add(check);
      this.log?.warn({ error, check }, `a readiness check ${state}`);
    }
  }
}

/** What of a failure may be told to anybody: its code. */
function codeOf(failure: unknown): { code?: string } {
  return failure instanceof EarshotError ? { code: failure.code } : {};
}

function within({ run, timeoutMs }: Check): Promise<CheckState> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve('timed out'), timeoutMs);
    Promise.resolve()
      .then(run)
      .then(() => resolve('ok'), reject)
      .finally(() => clearTimeout(timer));
  });
}
