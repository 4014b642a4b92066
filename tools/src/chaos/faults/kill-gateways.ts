import type { Part } from '../run.js';

/** While PostgreSQL is away it cannot start. */
const restartLimitSeconds = 180;

/** SIGKILL to a gateway: to its requests, its streams, its dispatcher and its reconciler. */
export const killGateways: Part = {
  name: 'kill-gateways',
  isFault: true,
  atLeast: ({ gatewayKills }) => ({ gatewaysKilled: gatewayKills }),
  async run(run, random) {
    for await (const n of run.spread(run.sizes.gatewayKills, { from: random.between(0.1, 0.2), to: 0.9 })) {
      const gateway = run.stack.gateways[n % run.stack.gateways.length];
      await gateway?.whenReady(restartLimitSeconds);
      gateway?.kill();
      run.count('gatewaysKilled');
      run.tell('gateway killed', gateway?.options.name);
    }
  },
};
