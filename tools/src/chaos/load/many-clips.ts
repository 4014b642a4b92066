// Requests over several clips: files in one body, lines of JSON over stored clips, and features, whose vectors go into packs.
import { defineProfile, mfcc49x40, type Profile } from '@earshot/features';
import type { Part } from '../run.js';
import { firstClipOf } from './clip-numbers.js';
import { follow } from './follow.js';
import { sampleRate } from './known-clip.js';
import { filesOf, postKeyed, storeClips } from './post-work.js';

const filesInOne = 6;
const storedAtOnce = 8;
const linesInOne = 70; // three chunks of the describe job's 32 items

/** Numbers of clips, so many from the n-th on. */
const numbersFrom = (first: number, n: number, count: number) => Array.from({ length: count }, (_, i) => first + n * count + i);

export const files: Part = {
  name: 'files',
  isFault: false,
  atLeast: ({ requestsOfManyClips }) => ({ filesAcknowledged: requestsOfManyClips }),
  async run(run) {
    for await (const n of run.spread(run.sizes.requestsOfManyClips)) {
      const clips = numbersFrom(firstClipOf.files, n, filesInOne);
      run.history.works.push(await postKeyed(run, { kind: 'describe', path: '/api/v1/descriptions', body: filesOf(clips), clips }));
      run.count('filesAcknowledged');
    }
  },
};

export const lines: Part = {
  name: 'lines',
  isFault: false,
  atLeast: ({ requestsOfManyClips }) => ({ linesAcknowledged: requestsOfManyClips }),
  async run(run, random) {
    const following: Promise<void>[] = [];
    for await (const n of run.spread(run.sizes.requestsOfManyClips)) {
      const stored = numbersFrom(firstClipOf.lines, n, storedAtOnce);
      const ids = await storeClips(run, stored);
      const picks = Array.from({ length: linesInOne }, () => random.below(storedAtOnce));
      const body = picks.map((pick, i) => `${JSON.stringify({ clipId: ids[pick], customId: `line-${i}` })}\n`).join('');
      const clips = picks.map((pick) => stored[pick] ?? 0);
      const work = { kind: 'describe', path: '/api/v1/descriptions', body, contentType: 'application/jsonl', clips } as const;
      const acknowledged = await postKeyed(run, work);
      run.history.works.push(acknowledged);
      following.push(follow(run, acknowledged.jobId));
      run.count('linesAcknowledged');
    }
    await Promise.all(following);
  },
};

/** A profile at the clips' own sample rate: its vectors are too large for results and rows, and are kept in packs. */
export const chaosProfile = ((): Profile => {
  const { id: _, hash: __, ...definition } = mfcc49x40;
  return defineProfile({ ...definition, name: 'chaos', sampleRate, mel: { ...definition.mel, maxHz: sampleRate / 2 } });
})();

export const features: Part = {
  name: 'features',
  isFault: false,
  atLeast: ({ requestsOfManyClips }) => ({ featuresAcknowledged: requestsOfManyClips }),
  async run(run) {
    const { id: _, hash: __, ...definition } = chaosProfile;
    for await (const n of run.spread(run.sizes.requestsOfManyClips)) {
      const clips = numbersFrom(firstClipOf.features, n, filesInOne);
      const clipIds = await storeClips(run, clips);
      const body = JSON.stringify({ clipIds, profiles: [definition] });
      const work = { kind: 'features', path: '/api/v1/features', body, contentType: 'application/json', clips } as const;
      run.history.works.push(await postKeyed(run, work));
      run.count('featuresAcknowledged');
    }
  },
};
