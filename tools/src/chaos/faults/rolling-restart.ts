import type { Part } from '../run.js';

/** SIGTERM to one service after the other, under load, as an update does it: each has to end well, by itself and in time. */
export const rollingRestart: Part = {
  name: 'rolling-restart',
  isFault: true,
  atLeast: ({ rollingRestarts }) => ({ servicesRestarted: Math.ceil(0.6 * rollingRestarts) }),
  async run(run, random) {
    const { stack, sizes } = run;
    const services = [
      stack.gateways[1],
      stack.drillEngines[0],
      stack.extractors[0],
      stack.drillWorkers[1],
      stack.gateways[0],
      stack.extractors[1],
    ];
    for await (const n of run.spread(sizes.rollingRestarts, { from: random.between(0.05, 0.1), to: 0.6 })) {
      const service = services[n % services.length];
      if (service === undefined || !service.isReady || service.isStopped) continue;
      const seconds = await service.restart();
      if (seconds === null) continue; // somebody else's SIGKILL came first
      run.count('servicesRestarted');
      run.tell('service restarted', `${service.options.name}, which took ${seconds.toFixed(1)} s to end`);
    }
  },
};
