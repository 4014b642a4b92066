import { cp, mkdtemp, rm } from 'node:fs/promises';
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

  /** After `kill`: a copy of what it has, for `restart`. */
  async copy(): Promise<void> {
    await rm(this.copyDir, { recursive: true, force: true });
    await cp(this.dir, this.copyDir, { recursive: true });
  }

  /** After `kill`; with `erased` nothing is left of what it had, with `restored` it has what it had when it was copied. */
  async restart({ erased = false, restored = false } = {}): Promise<void> {
    if (erased || restored) await rm(this.dir, { recursive: true, force: true });
    if (restored) await cp(this.copyDir, this.dir, { recursive: true });
    this.running = await startChroma({ dir: this.dir, port: this.port });
  }

  async stop(): Promise<void> {
    await this.running.stop();
    for (const dir of [this.dir, this.copyDir]) await rm(dir, { recursive: true, force: true });
  }

  private get copyDir(): string {
    return `${this.dir}-copy`;
  }
}
