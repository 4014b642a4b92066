import { setTimeout as sleep } from 'node:timers/promises';
import { buildIndex } from '@earshot/contracts';
import type { Part, Run } from '../run.js';
import { untilReady } from '../stack/supervised.js';

/** For a task to be under way. */
const patienceMs = 3_000;

/** SIGKILL to an indexer, in the middle of a task if one comes soon. */
export const killIndexers: Part = {
  name: 'kill-indexers',
  isFault: true,
  atLeast: ({ indexerKills }) => ({ indexersKilled: indexerKills }),
  async run(run, random) {
    for await (const _ of run.spread(run.sizes.indexerKills, { from: random.between(0.05, 0.15), to: 0.9 })) {
      await untilIndexing(run);
      const indexer = random.pick(await untilReady(run.stack.indexers));
      indexer.kill();
      run.count('indexersKilled');
      run.tell('indexer killed', indexer.options.name);
    }
  },
};

async function untilIndexing({ office }: Run): Promise<void> {
  const text = `select from task where queue = $1 and state = 'running' limit 1`;
  for (const endMs = Date.now() + patienceMs; Date.now() < endMs; await sleep(20))
    if ((await office.read(text, [buildIndex.queue])).length > 0) return;
}
