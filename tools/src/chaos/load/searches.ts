import { setTimeout as sleep } from 'node:timers/promises';
import { similarSamples } from '@earshot/contracts';
import { embedders } from '@earshot/learning';
import type { Random } from '../../random.js';
import type { Part, Run } from '../run.js';
import { ask, noteIfOdd } from './ask.js';

const callersOfEach = 2;
const pauseMs = 150;

/** What sounds like a sample of the library is asked for again and again, by every embedder, whether there is an index or not. */
export const searches: Part = {
  name: 'searches',
  isFault: false,
  atLeast: ({ overMs }) => ({ searchesAnswered: Math.floor(overMs / 5_000) }),
  async run(run, random) {
    let isOver = false;
    const call = async (embedder: string) => {
      for (const own = random.fork(); !isOver; await sleep(pauseMs)) await search(run, own, embedder);
    };
    const searching = embedders.flatMap(({ name }) => Array.from({ length: callersOfEach }, () => call(name)));
    await run.until(1);
    isOver = true;
    await Promise.all(searching);
  },
};

async function search(run: Run, random: Random, embedder: string): Promise<void> {
  const { history } = run;
  const all = [...history.samples.values()];
  const there = all.filter(({ isIn, isMoving }) => isIn && !isMoving);
  if (there.length === 0) return;
  const gone = all.filter(({ isIn }) => !isIn);
  const sample = random.pick(there);
  const { clipId } = sample;
  const request = { path: `/api/v1/library/clips/${clipId}/similar?embedder=${embedder}` };
  const answer = await ask(run.gatewayUrl(), request);
  // 404: it has left the library meanwhile, or the index is yet to follow.
  if (answer?.status !== 200) return answer?.status === 404 ? undefined : noteIfOdd(run, request, answer);
  const found = similarSamples.parse(JSON.parse(answer.body)).results.map((result) => result.clipId);
  const ghosts = gone.filter((sample) => !sample.isIn && found.includes(sample.clipId)); // those that came back may be told of again
  const isMissed = found[0] !== clipId && sample.isIn && !sample.isMoving;
  if (isMissed || ghosts.length > 0) history.wrongFinds.push({ embedder, clipId, first: found[0], ghosts });
  run.count('searchesAnswered');
}
