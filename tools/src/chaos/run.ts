import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random.js';
import type { DrillOffice } from './drill/drill-office.js';
import type { History } from './load/history.js';
import type { ChaosSizes } from './sizes.js';
import type { Stack } from './stack/stack.js';

interface RunOptions {
  stack: Stack;
  office: DrillOffice;
  history: History;
  sizes: ChaosSizes;
  seed: number;
  /** Told of everything that happens; with the seconds since the beginning. */
  onDeed: (atSeconds: number, deed: string, what?: string) => void;
}

/** What the parts of a run share: who is attacked, what was promised, and how often what was done. */
export class Run {
  readonly stack: Stack;
  readonly office: DrillOffice;
  readonly history: History;
  readonly sizes: ChaosSizes;
  readonly seed: number;
  private readonly counts = new Map<string, number>();
  private readonly startMs = performance.now();
  private nextGateway = 0;

  constructor(private readonly options: RunOptions) {
    ({ stack: this.stack, office: this.office, history: this.history, sizes: this.sizes, seed: this.seed } = options);
  }

  get seconds(): number {
    return Math.round((performance.now() - this.startMs) / 100) / 10;
  }

  /** Until that share of the time of faults is over. */
  async until(share: number): Promise<void> {
    await sleep(Math.max(0, this.startMs + share * this.sizes.overMs - performance.now()));
  }

  /** Resolves as often as `times` says, spread evenly over the time of faults. */
  async *spread(times: number, { from = 0, to = 1 } = {}): AsyncGenerator<number> {
    for (let n = 0; n < times; n++) {
      await this.until(from + ((n + 0.5) / times) * (to - from));
      yield n;
    }
  }

  /** One gateway after the other. */
  gatewayUrl(): string {
    const { gateways } = this.stack;
    return gateways[this.nextGateway++ % gateways.length]?.options.url ?? '';
  }

  count(deed: string, times = 1): void {
    this.counts.set(deed, (this.counts.get(deed) ?? 0) + times);
  }

  counted(deed: string): number {
    return this.counts.get(deed) ?? 0;
  }

  tell(deed: string, what?: string): void {
    this.options.onDeed(this.seconds, deed, what);
  }
}

/** One kind of load or of fault. A run is any set of them; its faults over, calm begins. */
export interface Part {
  readonly name: string;
  readonly isFault: boolean;
  /** How often each of its deeds has to happen at least: below that the run has shown nothing, and is void. */
  atLeast(sizes: ChaosSizes): Record<string, number>;
  /** Resolves when all is asked and acknowledged, or every fault is over. */
  run(run: Run, random: Random): Promise<void>;
}
