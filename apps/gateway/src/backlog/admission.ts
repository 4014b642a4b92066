import { EarshotError } from '@earshot/contracts';
import type { Backlog } from '@earshot/database';

/** How much work: jobs, their items, and the bytes that are uploaded for them. */
export type Amount = Record<Measure, number>;

const measures = ['jobs', 'items', 'bytes'] as const;
type Measure = (typeof measures)[number];

export interface AdmissionLimits {
  /** Of all callers together. */
  all: Amount;
  /** Which part of that one caller may have. */
  share: number;
}

/** Work that is on its way into a job and not in the rows yet. */
export interface Draft {
  /** Throws when there is no room for so much more. */
  grow(by: Partial<Amount>): void;
  end(): void;
}

const nothing: Amount = { jobs: 0, items: 0, bytes: 0 };
/** Of any work, before more is known of it. */
const least: Amount = { jobs: 1, items: 1, bytes: 1 };
const longestRetrySeconds = 600;
/** So much of the room is free at least when somebody is asked to come back. */
const roomToComeBack = 0.02;
/** The newest look counts for so much of what is known of the throughput. */
const weightOfTheNewest = 0.3;
/** A look takes this part of the time at most, unless it takes very long. */
const lookingShare = 0.1;
const longestPauseMs = 5_000;

/** Jobs over more items than this give way to smaller ones, and a caller who has more waiting to others of the same priority. */
export const smallJobItems = 100;

/**
 * How much work may wait: of one caller, and of all. It knows the rows by looks of its own, once a second, and what it has let in since.
 * Gateways beside it are seen by the next look, so that a limit may be passed by what arrives within a second.
 */
export class Admission {
  private seen = new Map<string, Amount>();
  private since = new Map<string, Amount>();
  private readonly drafts = new Map<string, Amount>();
  /** What ends in a second. */
  private readonly rates = new Map<string, Amount>();
  private lookedMs = performance.now();
  private nextLookMs = 0;

  constructor(
    private readonly backlog: Pick<Backlog, 'waiting'>,
    private readonly limits: AdmissionLimits,
  ) {}

  /** Looks at what waits. To be called each second. */
  async look(): Promise<void> {
    const startMs = performance.now();
    if (startMs < this.nextLookMs) return;
    const accepted = this.since;
    this.since = new Map();
    const rows = await this.backlog.waiting().catch((error: unknown) => {
      for (const [caller, amount] of accepted) grow(this.since, caller, amount); // it still counts
      throw error;
    });
    const now = new Map<string, Amount>(rows.map(({ caller, ...amount }) => [caller, amount]));
    this.learn(now, accepted, (startMs - this.lookedMs) / 1_000);
    this.seen = now;
    this.lookedMs = startMs;
    this.nextLookMs = startMs + Math.min(longestPauseMs, (performance.now() - startMs) / lookingShare);
  }

  /** Throws BACKLOG_FULL when the caller has as much waiting as it may have, and BUSY when all together have. */
  admit(caller: string, more: Partial<Amount> = least): void {
    const { all, share } = this.limits;
    const [own, total] = [this.waitingOf(caller), this.total()];
    for (const measure of measures) {
      const added = more[measure] ?? 0;
      if (added === 0) continue;
      const limit = Math.max(1, share * all[measure]);
      if (own[measure] + added > limit)
        throw refusal('BACKLOG_FULL', { measure, waiting: own[measure], added, limit }, this.rates.get(caller));
      if (total[measure] + added > all[measure])
        throw refusal('BUSY', { measure, waiting: total[measure], added, limit: all[measure] }, sumOf(this.rates.values()));
    }
  }

  /** The rows of that much are written. */
  accepted(caller: string, amount: Amount): void {
    grow(this.since, caller, amount);
  }

  draft(caller: string): Draft {
    const mine = { ...nothing };
    return {
      grow: (by) => {
        this.admit(caller, by);
        grow(this.drafts, caller, { ...nothing, ...by });
        for (const measure of measures) mine[measure] += by[measure] ?? 0;
      },
      end: () => grow(this.drafts, caller, { jobs: -mine.jobs, items: -mine.items, bytes: -mine.bytes }),
    };
  }

  /**
   * Where work of one priority stands among its like, 0 to 2: first what comes from a caller with little that waits, then small jobs of
   * the others, then large ones. So nobody waits for the thousands of somebody else, and claims take what is first as before.
   */
  levelOf(caller: string, items: number): number {
    const seconds = (performance.now() - this.lookedMs) / 1_000;
    const done = (this.rates.get(caller)?.items ?? 0) * seconds;
    if (items > smallJobItems) return 2;
    return this.waitingOf(caller).items - done + items > smallJobItems ? 1 : 0;
  }

  private waitingOf(caller: string): Amount {
    return sumOf([this.seen, this.since, this.drafts].map((amounts) => amounts.get(caller) ?? nothing));
  }

  private total(): Amount {
    return sumOf([this.seen, this.since, this.drafts].flatMap((amounts) => [...amounts.values()]));
  }

  /** What was there and what came, less what is there, has ended. What other gateways let in is not known, so that it may be more. */
  private learn(now: ReadonlyMap<string, Amount>, accepted: ReadonlyMap<string, Amount>, seconds: number): void {
    for (const caller of new Set([...this.seen.keys(), ...accepted.keys()])) {
      const before = sumOf([this.seen.get(caller) ?? nothing, accepted.get(caller) ?? nothing]);
      const rate = { ...(this.rates.get(caller) ?? nothing) };
      for (const measure of measures) {
        const ended = Math.max(0, before[measure] - (now.get(caller)?.[measure] ?? 0)) / seconds;
        rate[measure] += weightOfTheNewest * (ended - rate[measure]);
      }
      this.rates.set(caller, rate);
    }
    for (const caller of this.rates.keys()) if (!this.seen.has(caller) && !now.has(caller)) this.rates.delete(caller);
  }
}

/** Whoever was refused is asked to come back when there is room for what it brings, and some more, or it would be refused again at once. */
function refusal(
  code: 'BACKLOG_FULL' | 'BUSY',
  { measure, waiting, added, limit }: { measure: Measure; waiting: number; added: number; limit: number },
  rate = nothing,
): EarshotError {
  const tooMuch = waiting + Math.max(added, roomToComeBack * limit) - limit;
  const seconds = added > limit ? longestRetrySeconds : Math.ceil(tooMuch / Math.max(rate[measure], 1e-3));
  const whose = code === 'BUSY' ? 'all callers' : 'this caller';
  const [has, most] = [Math.floor(waiting), Math.floor(limit)];
  return new EarshotError(code, `${has} ${measure} of ${whose} wait, of at most ${most}, and ${added} would come`, {
    members: { limit: most },
    retryAfterSeconds: Math.min(longestRetrySeconds, Math.max(1, seconds)),
  });
}

function grow(amounts: Map<string, Amount>, caller: string, by: Amount): void {
  amounts.set(caller, sumOf([amounts.get(caller) ?? nothing, by]));
}

function sumOf(amounts: Iterable<Amount>): Amount {
  const sum = { ...nothing };
  for (const amount of amounts) for (const measure of measures) sum[measure] += amount[measure];
  return sum;
}
