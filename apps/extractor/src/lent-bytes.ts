/** Clips lent at the same time may have so much together; a larger one is lent alone. With S3 each is a copy on this machine's disk. */
const mostBytes = 2_000_000_000;

interface Waiting {
  bytes: number;
  begin: () => void;
}

/** How much of clips is lent at the same time, in the order in which it was asked for. */
export class LentBytes {
  private held = 0;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly most = mostBytes) {}

  async during<Result>(bytes: number, use: () => Promise<Result>): Promise<Result> {
    await new Promise<void>((begin) => {
      this.waiting.push({ bytes, begin });
      this.serve();
    });
    try {
      return await use();
    } finally {
      this.held -= bytes;
      this.serve();
    }
  }

  private serve(): void {
    for (
      let next = this.waiting[0];
      next !== undefined && (this.held === 0 || this.held + next.bytes <= this.most);
      next = this.waiting[0]
    ) {
      this.waiting.shift();
      this.held += next.bytes;
      next.begin();
    }
  }
}
