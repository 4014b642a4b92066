import { setImmediate as pause } from 'node:timers/promises';
import type { Steps } from '@earshot/learning';
import type { TaskContext } from '@earshot/queue';

type Context = Pick<TaskContext<never>, 'signal' | 'progress'>;

const sliceMs = 25;
const toldMs = 2_000;

/** Long work in slices, between which heartbeats are sent, the end of the task is heard and others have their turn. */
export async function inSlices<Result>(steps: Steps<Result>, { signal, progress }: Context): Promise<Result> {
  let told = performance.now();
  for (;;) {
    let share = 0;
    const end = performance.now() + sliceMs;
    do {
      const step = steps.next();
      if (step.done) return step.value;
      share = step.value;
    } while (performance.now() < end);
    await pause();
    signal.throwIfAborted();
    if (performance.now() - told < toldMs) continue;
    await progress({ step: Math.floor(100 * share), of: 100, figures: {} });
    told = performance.now();
  }
}
