/**
 * Does work one after the other, in the order in which it came. When more than `mostWaiting` wait, the oldest of them is let go: what is
 * told of a live sound is to be of now.
 */
export class InOrder<Work> {
  private waiting: Work[] = [];
  private isBusy = false;

  constructor(
    private readonly perform: (work: Work) => Promise<void>,
    private readonly onLetGo: (work: Work) => void,
    private readonly mostWaiting = 3,
  ) {}

  add(work: Work): void {
    this.waiting.push(work);
    if (this.waiting.length > this.mostWaiting) this.onLetGo(this.waiting.shift()!);
    void this.run();
  }

  /** Forgets what waits. */
  clear(): void {
    this.waiting = [];
  }

  private async run(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let work = this.waiting.shift(); work !== undefined; work = this.waiting.shift()) await this.perform(work);
    this.isBusy = false;
  }
}
