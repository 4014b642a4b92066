import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RunningChroma, startChroma } from '@earshot/embedded';

export { directions } from './directions.js';
export { plantSamples } from './plant-samples.js';

/** For specs and tools: a Chroma server of its own, always at the same place. */
export class TestChroma {
  private constructor(
    readonly dir: string,
    readonly port: number,
    private running: RunningChroma,
  ) {}

  static async start(): Promise<TestChroma> {
    const [dir, port] = await Promise.all([mkdtemp(join(tmpdir(), 'earshot-chroma-')), freePort()]);
    return new TestChroma(dir, port, await startChroma({ dir, port }));
  }

  get url(): string {
    return this.running.url;
  }

  get pid(): number {
    return this.running.pid;
  }

  /** As a machine dies: without a word. */
  async kill(): Promise<void> {
    process.kill(this.running.pid, 'SIGKILL');
    await this.running.exited;
  }

  /** After `kill`; with `erased` nothing is left of what it had. */
  async restart({ erased = false } = {}): Promise<void> {
    if (erased) await rm(this.dir, { recursive: true, force: true });
    this.running = await startChroma({ dir: this.dir, port: this.port });
  }

  async stop(): Promise<void> {
    await this.running.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}
