import { type Log, Sandbox, type SandboxOptions } from '@earshot/sandbox';

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
export class TrainingProcesses {
  constructor(readonly limits: TrainingLimits) {}

  /** Lends a process of its own, which starts with the first call, while `use` runs. */
  async lend<Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
    const { niceness, log, backend, home, onEnded } = this.limits;
    const allowed = ['worker', ...(backend === 'native' ? (['addons'] as const) : [])] as const;
    const sandbox = new Sandbox({ children: 1, spare: 0, niceness, grownMb: Number.POSITIVE_INFINITY, allowed, home, onEnded, log });
    try {
      return await use(sandbox);
    } finally {
      await sandbox.close();
    }
  }
}
