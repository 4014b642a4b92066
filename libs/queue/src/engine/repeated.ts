/** Something done again and again, never twice at once. It may answer the pause until its next time. */
export class Repeated {
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly work: () => Promise<unknown>,
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
      const answer = await this.work();
      if (typeof answer === 'number' && answer < pauseMs) pauseMs = answer;
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
