import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';
import { untilReady } from '../stack/supervised.js';

/** SIGSTOP to an indexer: others take its task, and its turn to keep the indexes; when it wakes it must do no harm. */
export const stopIndexer: Part = {
  name: 'stop-indexer',
  isFault: true,
  atLeast: () => ({ indexersStopped: 1 }),
  async run(run, random) {
    await run.until(random.between(0.2, 0.5));
    const indexer = random.pick(await untilReady(run.stack.indexers));
    indexer.stop();
    run.count('indexersStopped');
    run.tell('indexer stopped', indexer.options.name);
    await sleep(run.sizes.stopIndexerMs);
    indexer.wake();
    run.tell('indexer woken', indexer.options.name);
  },
};
