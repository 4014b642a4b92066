import type { Part } from '../run.js';
import { untilAnswered } from './until-answered.js';

const items = 2_000;
const itemsPerStep = 20;
export const stepsOfFit = items / itemsPerStep;

/** Jobs with a fit that goes on from its checkpoints, and effects at its end. */
export const longJobs: Part = {
  name: 'long-jobs',
  isFault: false,
  atLeast: ({ longJobs }) => ({ longJobsAsked: longJobs }),
  async run(run) {
    const { longJobs: count, longFitMs: fitMs } = run.sizes;
    for await (const n of run.spread(count, { to: 0.6 })) {
      const alias = `fit ${n}`;
      const names = Array.from({ length: items }, (_, i) => `item ${i}`);
      const options = { fitMs, checkpointEveryMs: 1_000, itemsPerStep, alias };
      const { id } = await untilAnswered(() => run.office.long(names, options));
      run.history.longJobs.push({ jobId: id, alias, items });
      run.count('longJobsAsked');
    }
  },
};
