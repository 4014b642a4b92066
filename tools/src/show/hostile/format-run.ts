import type { JudgedParent } from './judged-parent.js';
import { mutantOf, replayCommand } from './mutant.js';
import { isFault, Tally } from './tally.js';
import type { ValidFile } from './valid-files.js';

interface FormatRunOptions {
  seed: number;
  format: string;
  files: readonly ValidFile[];
  from: number;
  /** The first number that is not run. */
  to: number;
  onFault: (fault: object) => void;
}

/** The mutants of one format on their way through the sandbox. */
export class FormatRun {
  private readonly tally = new Tally();
  private readonly beganAtMs = performance.now();
  /** The next number to be sent. */
  next: number;
  private isStopped = false;

  constructor(private readonly options: FormatRunOptions) {
    this.next = options.from;
  }

  /** Numbers of mutants until there are enough, or until it is stopped. */
  *numbers(): Generator<number, void> {
    while (this.next < this.options.to && !this.isStopped) yield this.next++;
  }

  stop(): void {
    this.isStopped = true;
  }

  async send(number: number, parent: JudgedParent): Promise<void> {
    const { seed, format, files, onFault } = this.options;
    const name = { seed, format, number };
    const outcome = await parent.describe(mutantOf(name, files));
    this.tally.add(outcome);
    if (isFault(outcome)) onFault({ ...name, ...outcome, replay: replayCommand(name) });
  }

  get sentCount(): number {
    return this.tally.mutations;
  }

  /** What is known so far. */
  row() {
    const { seed, format, from } = this.options;
    const perSecond = Math.round((10_000 * this.sentCount) / (performance.now() - this.beganAtMs)) / 10;
    return { format, seed, from, next: this.next, ...this.tally.row(), perSecond };
  }
}
