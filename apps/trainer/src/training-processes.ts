import { EarshotError } from '@earshot/contracts';
import { type Log, Sandbox, type SandboxOptions } from '@earshot/sandbox';
import type { OnModuleDestroy } from '@nestjs/common';

export interface TrainingLimits {
  /** Resident memory of each. */
  memoryMb: number;
  niceness: number;
  /** Of convolutional networks. */
  backend: 'wasm' | 'native';
  checkpointSeconds: number;
  /** On the disk of the rows. */
  home: string;
  onEnded: SandboxOptions['onEnded'];
  log: Log;
}

/** A child process for each training: it holds the training in its memory, gives way to whatever serves, and is gone with it. */
export class TrainingProcesses implements OnModuleDestroy {
  /** The one that did not start, until one does. */
  private notStarting: Sandbox | null = null;

  constructor(readonly limits: TrainingLimits) {}

  /** Lends a process of its own, which starts with the first call, while `use` runs. */
  async lend<Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
    const { niceness, log, backend, home, onEnded } = this.limits;
    const allowed = ['worker', ...(backend === 'native' ? (['addons'] as const) : [])] as const;
    const sandbox = new Sandbox({ children: 1, spare: 0, niceness, grownMb: Number.POSITIVE_INFINITY, allowed, home, onEnded, log });
    try {
      return await use(sandbox);
    } catch (error) {
      if (isNotStarting(error)) this.notStarting ??= sandbox;
      throw error;
    } finally {
      if (this.notStarting !== sandbox) await sandbox.close();
    }
  }

  /** Throws SANDBOX_UNAVAILABLE while no process starts, and has another try. */
  async ping(): Promise<void> {
    const tried = this.notStarting;
    await tried?.ping();
    if (tried === null || this.notStarting !== tried) return;
    this.notStarting = null;
    await tried.close();
  }

  async onModuleDestroy(): Promise<void> {
    await this.notStarting?.close();
  }
}

function isNotStarting(error: unknown): boolean {
  return error instanceof EarshotError && error.code === 'SANDBOX_UNAVAILABLE';
}
