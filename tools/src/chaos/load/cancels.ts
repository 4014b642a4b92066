import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';
import { cancelJob } from './cancel-job.js';
import { firstClipOf } from './clip-numbers.js';
import { filesOf, postOnce } from './post-work.js';
import { untilAnswered } from './until-answered.js';

/** Slow work, cancelled while it runs, and uploads, cancelled as soon as they are accepted. */
export const cancels: Part = {
  name: 'cancels',
  isFault: false,
  atLeast: ({ cancels }) => ({ jobsCancelled: cancels }),
  async run(run, random) {
    for await (const n of run.spread(run.sizes.cancels)) {
      const names = Array.from({ length: 40 }, (_, i) => `item ${i}`);
      const { id } = await untilAnswered(() => run.office.single(names, 1, { seed: n, leastMs: 200, mostMs: 600 }));
      await sleep(random.between(300, 1_000));
      await cancelJob(run, id);
      const clips = [firstClipOf.cancels + n];
      const upload = await postOnce(run, { kind: 'describe', path: '/api/v1/descriptions', body: filesOf(clips), clips });
      if (upload === null) continue;
      run.history.worksToCancel.push(upload);
      await cancelJob(run, upload.jobId);
    }
  },
};
