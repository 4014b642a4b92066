import { setTimeout as sleep } from 'node:timers/promises';
import type { Part, Run } from '../run.js';
import type { Supervised } from '../stack/supervised.js';

/** SIGTERM to one service after the other, under load, as an update does it: each has to end well, by itself and in time. */
export const rollingRestart: Part = {
  name: 'rolling-restart',
  isFault: true,
  atLeast: ({ rollingRestarts }) => ({ servicesRestarted: Math.ceil(0.35 * rollingRestarts) }),
  async run(run, random) {
    const { stack, sizes } = run;
    const services = [
      stack.gateways[1],
      stack.drillEngines[0],
      stack.extractors[0],
      stack.drillWorkers[1],
      stack.gateways[0],
      stack.extractors[1],
      stack.indexers[0],
    ];
    for await (const n of run.spread(sizes.rollingRestarts, { from: random.between(0.05, 0.1), to: 0.6 })) {
      const service = services[n % services.length];
      if (service === undefined || !(await isThere(run, service))) continue;
      const seconds = await service.restart();
      if (seconds === null) continue; // somebody else's SIGKILL came first
      run.count('servicesRestarted');
      run.tell('service restarted', `${service.options.name}, which took ${seconds.toFixed(1)} s to end`);
    }
  },
};

/** It may have been killed by somebody else, or stand still: then it is waited for, while there is time. */
async function isThere({ sizes, seconds }: Run, service: Supervised): Promise<boolean> {
  for (let left = sizes.overMs - 1_000 * seconds; left > 0; left -= 100) {
    if (service.isReady && !service.isStopped) return true;
    await sleep(100);
  }
  return false;
}
