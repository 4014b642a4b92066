import { setTimeout as sleep } from 'node:timers/promises';
import { BlobLedger } from '@earshot/database';
import { openBlobStore } from '@earshot/storage';
import type { Part, Run } from '../run.js';
import { askUntilAnswered } from './ask.js';
import { firstClipOf } from './clip-numbers.js';
import { postKeyed, storeClips } from './post-work.js';

const sweepEveryMs = 250;
const blobsSweptOf = (deletes: number) => Math.floor(deletes / 4);

/**
 * Clips that are deleted, and uploaded again by their bytes at the moment at which the sweep takes these; every other one stays deleted.
 * The sweep is the gateway's own with a shorter grace time.
 */
export const deletes: Part = {
  name: 'deletes',
  isFault: false,
  atLeast: ({ deletes }) => ({ clipsDeleted: deletes, blobsSwept: blobsSweptOf(deletes) }),
  async run(run, random) {
    const { deletes: count, overMs, sweepGraceSeconds } = run.sizes;
    const sweeping = sweepOften(run);
    const cycle = async (n: number): Promise<void> => {
      const clipNumber = firstClipOf.deletes + n;
      const [clipId = ''] = await storeClips(run, [clipNumber]);
      // A gateway may delete and die before it says so: then the next one knows no such clip.
      await askUntilAnswered(run, { path: `/api/v1/clips/${clipId}`, method: 'DELETE' }, [204, 404]);
      run.history.stored.push({ clipId, clipNumber, isDeleted: true });
      run.count('clipsDeleted');
      if (n % 2 === 1) return;
      await sleep(1_000 * sweepGraceSeconds + random.between(-1_000, 1_500));
      const [again = ''] = await storeClips(run, [clipNumber]);
      run.history.stored.push({ clipId: again, clipNumber, isDeleted: false });
      const body = JSON.stringify({ clipIds: [again] });
      const work = { kind: 'describe', path: '/api/v1/descriptions', body, contentType: 'application/json', clips: [clipNumber] } as const;
      run.history.works.push(await postKeyed(run, work));
    };
    const cycles: Promise<void>[] = [];
    const lastShare = Math.max(0.2, 0.9 - (1_000 * sweepGraceSeconds) / overMs);
    for await (const n of run.spread(count, { to: lastShare })) cycles.push(cycle(n));
    await Promise.all(cycles);
    await sweeping.stop(blobsSweptOf(count));
  },
};

function sweepOften(run: Run): { stop(atLeast: number): Promise<void> } {
  const store = openBlobStore({ folder: run.stack.blobs });
  const ledger = new BlobLedger(run.office.database);
  const olderThanSeconds = run.sizes.sweepGraceSeconds;
  let isOver = false;
  let swept = 0;
  const sweeping = (async () => {
    for (; !isOver; await sleep(sweepEveryMs)) {
      const untouchedSince = new Date(Date.now() - 1_000 * olderThanSeconds);
      const removed = await ledger
        .sweep(async (blob) => (await store.remove(blob, { untouchedSince })) || !(await store.exists(blob)), { olderThanSeconds })
        .catch(() => 0); // Postgres is away
      swept += removed;
      run.count('blobsSwept', removed);
    }
  })();
  return {
    stop: async (atLeast) => {
      // What was deleted last is old enough a little later.
      const endMs = Date.now() + 1_000 * (olderThanSeconds + 10);
      while (swept < atLeast && Date.now() < endMs) await sleep(sweepEveryMs);
      isOver = true;
      await sweeping;
      await store.close();
    },
  };
}
