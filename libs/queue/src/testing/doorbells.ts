import { NotifyDoorbell } from '../doorbell/notify-doorbell.js';
import { openDoorbell } from '../doorbell/open-doorbell.js';
import { RedisDoorbell } from '../doorbell/redis-doorbell.js';
import type { DoorbellUnderTest } from './fresh-engine.js';
import { TestRedis } from './redis.js';

/** A back end, as suites for several of them name and start it. */
export interface NamedDoorbell {
  doorbell: string;
  start: () => Promise<DoorbellUnderTest>;
}

export const notify: NamedDoorbell = {
  doorbell: 'NOTIFY',
  start: async () => ({
    open: ({ database, listener }) => new NotifyDoorbell(database, listener, () => undefined),
    erase: async () => undefined, // it remembers nothing
    stop: async () => undefined,
  }),
};

export const redis: NamedDoorbell = {
  doorbell: 'Redis',
  async start() {
    const server = await TestRedis.start();
    return {
      open: ({ prefix }) => new RedisDoorbell({ redisUrl: server.url, prefix, onError: () => undefined }),
      erase: () => server.erase(),
      stop: () => server.stop(),
    };
  },
};

/** As services open it: Redis, and NOTIFY beside it. */
export const bridged: NamedDoorbell = {
  doorbell: 'Redis and NOTIFY',
  async start() {
    const server = await TestRedis.start();
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    return {
      open: ({ database, listener, prefix }) => openDoorbell({ redisUrl: server.url, prefix, database, listener, log }),
      erase: () => server.erase(),
      stop: () => server.stop(),
    };
  },
};
