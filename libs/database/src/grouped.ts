// Group commit: requests that arrive together share one statement. Alone, a request leaves when what has arrived with it was
// looked at (the end of this turn of the event loop); while a statement is under way the next ones gather; and when groups
// grow, the following one is held for a moment so that it grows further (a fixed window costs a quarter of the rate at eight
// callers).
import { isDatabaseAway } from './database-errors.js';

export interface GroupedOptions {
  /** Requests in one statement at most; 128 by default. */
  maxGroup?: number;
  /** A group larger than this is followed by a pause; 8 by default. */
  holdAbove?: number;
  /** The pause; 3 ms by default. */
  holdMs?: number;
  /** A group that is under way for longer lets a second one pass it; 100 ms by default. */
  slowMs?: number;
}

interface Waiting<Request, Answer> {
  request: Request;
  sinceMs: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

interface Group<Request, Answer> {
  members: Waiting<Request, Answer>[];
  isSlow: boolean;
}

/** Groups under way at most: the second one passes a first that hangs. */
const maxUnderWay = 2;

export class Grouped<Request, Answer> {
  private readonly waiting: Waiting<Request, Answer>[] = [];
  private readonly underWay = new Set<Group<Request, Answer>>();
  private readonly options: Required<GroupedOptions>;
  private isDue = false;

  /** `run` gets a group and returns its members in their order. */
  constructor(
    private readonly run: (requests: Request[]) => Promise<Answer[]>,
    options: GroupedOptions = {},
  ) {
    this.options = { maxGroup: 128, holdAbove: 8, holdMs: 3, slowMs: 100, ...options };
  }

  submit(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, sinceMs: performance.now(), resolve, reject });
      this.atEndOfTurn();
    });
  }

  /** For how long the oldest request has had no answer; 0 when there is none. */
  get oldestMs(): number {
    const firsts = [...[...this.underWay].map(({ members }) => members[0]), this.waiting[0]];
    const sinceMs = Math.min(...firsts.flatMap((first) => first?.sinceMs ?? []));
    return Number.isFinite(sinceMs) ? performance.now() - sinceMs : 0;
  }

  private atEndOfTurn(): void {
    if (this.isDue) return;
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.next();
    });
  }

  private next(): void {
    const mayLeave = this.underWay.size < maxUnderWay && [...this.underWay].every(({ isSlow }) => isSlow);
    if (mayLeave && this.waiting.length > 0) void this.send({ members: this.waiting.splice(0, this.options.maxGroup), isSlow: false });
  }

  private async send(group: Group<Request, Answer>): Promise<void> {
    const { holdAbove, holdMs, maxGroup, slowMs } = this.options;
    this.underWay.add(group);
    const slow = setTimeout(() => {
      group.isSlow = true;
      this.next();
    }, slowMs);
    await this.flush(group.members);
    clearTimeout(slow);
    if (group.members.length > holdAbove && this.waiting.length < maxGroup) await pause(holdMs);
    this.underWay.delete(group);
    this.next();
  }

  /** A bad member fails its whole group: then each is tried alone, so that only the bad one is told. */
  private async flush(group: Waiting<Request, Answer>[]): Promise<void> {
    try {
      const answers = await this.run(group.map(({ request }) => request));
      group.forEach(({ resolve }, i) => {
        resolve(answers[i]!);
      });
    } catch (error) {
      if (group.length > 1 && isFaultOfAMember(error)) for (const member of group) await this.flush([member]);
      else for (const { reject } of group) reject(error);
    }
  }
}

/** When the database is away, trying each member alone would only ask it as many times more. */
function isFaultOfAMember(error: unknown): boolean {
  return !isDatabaseAway(error);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
