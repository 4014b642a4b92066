/** When something repeated wants to come sooner than it would. */
export interface Sooner {
  inMs: number;
}

/** Something done again and again, never twice at once. */
export class Repeated {
  /** Null while it is under way. */
  private timer: NodeJS.Timeout | null = null;
  private current: Promise<void> = Promise.resolve();
  private isCalled = false;
  private stopped = false;

  constructor(
    private readonly work: (() => Promise<void>) | (() => Promise<Sooner | undefined>),
    private readonly pauseMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.current = this.once();
  }

  /** Has it come now; if it is under way, once more after that. */
  call(): void {
    if (this.timer !== null && !this.isCalled) this.pause(0);
    this.isCalled = true;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.current;
  }

  private async once(): Promise<void> {
    let pauseMs = this.pauseMs;
    this.timer = null;
    this.isCalled = false;
    try {
      const sooner = await this.work();
      if (sooner) pauseMs = Math.min(pauseMs, sooner.inMs);
    } catch (error) {
      this.onError(error);
    }
    this.pause(this.isCalled ? 0 : pauseMs);
  }

  private pause(ms: number): void {
    if (this.stopped) return;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.current = this.once();
    }, ms);
  }
}
