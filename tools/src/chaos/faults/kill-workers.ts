import type { Part } from '../run.js';

/** SIGKILL to an extractor, a drill worker or an engine, again and again; while PostgreSQL is away nobody is left to be killed. */
export const killWorkers: Part = {
  name: 'kill-workers',
  isFault: true,
  atLeast: ({ overMs, killWorkerEveryMs }) => ({ workersKilled: Math.floor((0.4 * overMs) / killWorkerEveryMs) }),
  async run(run, random) {
    const { stack, sizes } = run;
    for await (const _ of run.spread(Math.floor(sizes.overMs / sizes.killWorkerEveryMs))) {
      const [first, ...others] = stack.workers.filter(({ isReady, isStopped }) => isReady && !isStopped);
      if (first === undefined) continue;
      const victim = random.pick([first, ...others]);
      victim.kill();
      run.count('workersKilled');
      run.tell('worker killed', victim.options.name);
    }
  },
};
