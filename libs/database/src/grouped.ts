// Group commit: requests that arrive together share one statement. Alone, a request leaves at once; while a statement is
// under way the next ones gather; and when groups grow, the following one is held for a moment so that it grows further
// (a fixed window costs a quarter of the rate at eight callers, docs/architecture.md).
import { EarshotError } from '@earshot/contracts';

interface GroupedOptions {
  /** Requests in one statement at most; 128 by default. */
  maxGroup?: number;
  /** A group larger than this is followed by a pause; 8 by default. */
  holdAbove?: number;
  /** The pause; 3 ms by default. */
  holdMs?: number;
}

interface Waiting<Request, Answer> {
  request: Request;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

export class Grouped<Request, Answer> {
  private waiting: Waiting<Request, Answer>[] = [];
  private busy = false;
  private readonly options: Required<GroupedOptions>;

  /** `run` gets a group and answers its members in their order. */
  constructor(
    private readonly run: (requests: Request[]) => Promise<Answer[]>,
    options: GroupedOptions = {},
  ) {
    this.options = { maxGroup: 128, holdAbove: 8, holdMs: 3, ...options };
  }

  submit(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      if (!this.busy) void this.flushAll();
    });
  }

  private async flushAll(): Promise<void> {
    this.busy = true;
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.options.maxGroup);
      await this.flush(group);
      if (group.length > this.options.holdAbove && this.waiting.length < this.options.maxGroup) await pause(this.options.holdMs);
    }
    this.busy = false;
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
  return !(error instanceof EarshotError && error.code === 'DATABASE_UNAVAILABLE');
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
