import { setInterval } from 'node:timers';
import { EarshotError } from '@earshot/contracts';
import { Sandbox, type SandboxFunctions } from '@earshot/sandbox';
import { childrenOf, treePeakRssMb } from '../../stack/process-tree.js';

export interface MeasuredCall {
  /** Of the decoded audio; null when there was an error instead. */
  durationSeconds: number | null;
  error: string | null;
  seconds: number;
  /** The most that the child ever held, with the programs that started it and those that it started, each at its most. */
  peakMb: number;
}

/** One call in a sandbox of its own, so that no earlier call counts into its memory. */
export async function measuredCall<Name extends 'describe' | 'extract'>(
  name: Name,
  input: SandboxFunctions[Name]['input'],
): Promise<MeasuredCall> {
  const sandbox = new Sandbox({ children: 1, log: { info() {}, warn: console.error, error: console.error } });
  let peakMb = 0;
  const watch = setInterval(() => (peakMb = Math.max(peakMb, ...childrenOf(process.pid).map(treePeakRssMb))), 50);
  const startMs = performance.now();
  try {
    const found = await sandbox.run(name, input).then(
      ({ durationSeconds }) => ({ durationSeconds, error: null }),
      (error: unknown) => ({
        durationSeconds: null,
        error: error instanceof EarshotError ? `${error.code} ${error.detail}` : String(error),
      }),
    );
    return { ...found, seconds: (performance.now() - startMs) / 1000, peakMb };
  } finally {
    clearInterval(watch);
    await sandbox.close();
  }
}
