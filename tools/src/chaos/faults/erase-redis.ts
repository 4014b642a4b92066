import { setTimeout as sleep } from 'node:timers/promises';
import type { Part } from '../run.js';

/** SIGKILL to Redis, which comes back empty. */
export const eraseRedis: Part = {
  name: 'erase-redis',
  isFault: true,
  atLeast: ({ redisErasures }) => ({ redisKilled: redisErasures }),
  async run(run, random) {
    const { redis } = run.stack;
    if (redis === null) return;
    for await (const _ of run.spread(run.sizes.redisErasures, { from: random.between(0, 0.1), to: random.between(0.8, 1) })) {
      const awayMs = random.between(500, 3_000);
      await redis.kill();
      run.count('redisKilled');
      run.tell('redis killed and erased', `away for ${Math.round(awayMs)} ms`);
      await sleep(awayMs);
      await redis.start();
    }
  },
};
