/** When something repeated wants to come sooner than it would. */
export interface Sooner {
  inMs: number;
}

/** Something done again and again, never twice at once. */
export class Repeated {
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly work: (() => Promise<void>) | (() => Promise<Sooner | undefined>),
    private readonly pauseMs: number,
    private readonly onError: (error: unknown) => void,
  ) {}

  start(): void {
    this.current = this.once();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.current;
  }

  private async once(): Promise<void> {
    let pauseMs = this.pauseMs;
    try {
      const sooner = await this.work();
      if (sooner) pauseMs = Math.min(pauseMs, sooner.inMs);
    } catch (error) {
      this.onError(error);
    }
    if (!this.stopped) {
      this.timer = setTimeout(() => {
        this.current = this.once();
      }, pauseMs);
    }
  }
}
