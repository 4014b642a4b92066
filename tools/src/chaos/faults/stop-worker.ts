import { setTimeout as sleep } from 'node:timers/promises';
import { readDrillLog } from '../drill/drill-log.js';
import type { Part } from '../run.js';
import type { Stack } from '../stack/stack.js';
import { type Supervised, untilReady } from '../stack/supervised.js';

/** SIGSTOP to a drill worker with tasks in its hands, past its lease: whether they are counted twice when it wakes is the question. */
export const stopWorker: Part = {
  name: 'stop-worker',
  isFault: true,
  atLeast: () => ({ workersStopped: 1, heldByStopped: 1 }),
  async run(run, random) {
    await run.until(random.between(0.08, 0.15));
    const { sleeper, held } = await stopWithTasks(run.stack);
    run.count('workersStopped');
    run.count('heldByStopped', held);
    run.tell('worker stopped', `${sleeper.options.name}, with ${held} tasks`);
    await sleep(run.sizes.stopMs);
    sleeper.wake();
    run.tell('worker woken', sleeper.options.name);
  },
};

/** Stops whichever is in the middle of something first, if one is within 20 s; returns how many executions it was in. */
async function stopWithTasks({ drillWorkers, drillLog }: Stack): Promise<{ sleeper: Supervised; held: number }> {
  for (const endMs = Date.now() + 20_000; ; await sleep(50)) {
    for (const sleeper of await untilReady(drillWorkers)) {
      sleeper.stop();
      const ofWorker = readDrillLog(drillLog).filter(({ pid }) => pid === sleeper.pid);
      const held = ofWorker.reduce((sum, { event }) => sum + (event === 'start' ? 1 : -1), 0);
      if (held > 0 || Date.now() > endMs) return { sleeper, held };
      sleeper.wake();
    }
  }
}
