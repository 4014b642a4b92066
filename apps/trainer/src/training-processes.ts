import { type Log, Sandbox } from '@earshot/sandbox';

export interface TrainingLimits {
  /** Resident memory of each. */
  memoryMb: number;
  niceness: number;
  /** Of convolutional networks. */
  backend: 'wasm' | 'native';
  checkpointSeconds: number;
  log: Log;
}

/** A child process for each training: it holds the training in its memory, gives way to whatever serves, and is gone with it. */
export class TrainingProcesses {
  constructor(readonly limits: TrainingLimits) {}

  /** Lends a process of its own, which starts with the first call, while `use` runs. */
  async lend<Result>(use: (sandbox: Sandbox) => Promise<Result>): Promise<Result> {
    const { niceness, log } = this.limits;
    const sandbox = new Sandbox({ children: 1, spare: 0, niceness, grownMb: Number.POSITIVE_INFINITY, log });
    try {
      return await use(sandbox);
    } finally {
      await sandbox.close();
    }
  }
}
