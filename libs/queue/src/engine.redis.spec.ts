import { RedisDoorbell } from './doorbell/redis-doorbell.js';
import { describeEngine } from './engine.conformance.js';
import { TestRedis } from './testing/redis.js';

describeEngine('Redis', async () => {
  const redis = await TestRedis.start();
  return {
    open: ({ prefix }) => new RedisDoorbell({ redisUrl: redis.url, prefix, onError: () => undefined }),
    erase: () => redis.erase(),
    stop: () => redis.stop(),
  };
});
