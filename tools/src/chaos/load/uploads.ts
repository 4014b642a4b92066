import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';
import { firstClipOf } from './clip-numbers.js';
import { filesOf, postKeyed, postOnce } from './post-work.js';

const callers = 8;
/** The others carry an idempotency key, and are sent again until they are answered. */
const shareWithoutKey = 0.25;
const retryMs = 300;
/** Uploads come in bursts, so that there is a backlog for those that are killed to hold. */
const burstMs = 2_000;

/** Single files to be described, from several callers at once, each of which goes on until what it uploads is acknowledged. */
export const uploads: Part = {
  name: 'uploads',
  isFault: false,
  atLeast: ({ uploads }) => ({ uploadsAcknowledged: uploads }),
  async run(run, random) {
    const { uploads: target, overMs } = run.sizes;
    const bursts = Array.from({ length: Math.ceil(overMs / burstMs) }, (_, n) => (n * burstMs + random.between(0, burstMs)) / overMs);
    let nextTurn = 0;
    let nextClip = firstClipOf.uploads;
    const call = async (): Promise<void> => {
      for (let turn = nextTurn++; turn < target; turn = nextTurn++) {
        await run.until(bursts[Math.floor((turn / target) * bursts.length)] ?? 0);
        const isKeyed = random.next() >= shareWithoutKey;
        for (;;) {
          const clips = [nextClip++];
          const work = { kind: 'describe', path: '/api/v1/descriptions', body: filesOf(clips), clips } as const;
          const acknowledged = isKeyed ? await postKeyed(run, work) : await postOnce(run, work);
          if (acknowledged !== null) {
            run.history.works.push(acknowledged);
            run.count('uploadsAcknowledged');
            break;
          }
          await sleep(retryMs); // another clip takes its place
        }
      }
    };
    await Promise.all(Array.from({ length: callers }, call));
  },
};
