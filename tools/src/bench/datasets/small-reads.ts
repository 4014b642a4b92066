import { setTimeout as sleep } from 'node:timers/promises';
import { quantile } from '../timing/quantiles.js';

/** A caller who asks for little, ten times a second, until it is told to end. */
export class SmallReads {
  private readonly tookMs: number[] = [];
  private readonly asking: Promise<void>;
  private isOver = false;

  constructor(url: string) {
    this.asking = this.ask(url);
    this.asking.catch(() => undefined); // told by `end`
  }

  async end(): Promise<{ reads: number; p50Ms: number; p95Ms: number; maxMs: number }> {
    this.isOver = true;
    await this.asking;
    const ms = this.tookMs.sort((a, b) => a - b);
    return { reads: ms.length, p50Ms: quantile(ms, 0.5), p95Ms: quantile(ms, 0.95), maxMs: quantile(ms, 1) };
  }

  private async ask(url: string): Promise<void> {
    for (; !this.isOver; await sleep(100)) {
      const startMs = performance.now();
      const response = await fetch(url);
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`${url} answered ${response.status}`);
      this.tookMs.push(performance.now() - startMs);
    }
  }
}
