import { describeDeadWorkers } from './conformance/dead-workers.conformance.js';
import { describeJobs } from './conformance/jobs.conformance.js';
import { describeLongWork } from './conformance/long-work.conformance.js';
import { describeQueueRules } from './conformance/queue-rules.conformance.js';
import { describeRings } from './conformance/rings.conformance.js';
import { openDoorbell } from './doorbell/open-doorbell.js';
import { RedisDoorbell } from './doorbell/redis-doorbell.js';
import type { DoorbellUnderTest } from './testing/fresh-engine.js';
import { TestRedis } from './testing/redis.js';

const start = async (): Promise<DoorbellUnderTest> => {
  const redis = await TestRedis.start();
  return {
    open: ({ prefix }) => new RedisDoorbell({ redisUrl: redis.url, prefix, onError: () => undefined }),
    erase: () => redis.erase(),
    stop: () => redis.stop(),
  };
};

describeJobs('Redis', start);
describeRings('Redis', start);
describeDeadWorkers('Redis', start);
describeQueueRules('Redis', start);

/** As services open it: Redis, and NOTIFY beside it. */
const startBridged = async (): Promise<DoorbellUnderTest> => {
  const redis = await TestRedis.start();
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    open: ({ database, listener, prefix }) => openDoorbell({ redisUrl: redis.url, prefix, database, listener, log }),
    erase: () => redis.erase(),
    stop: () => redis.stop(),
  };
};
describeQueueRules('Redis and NOTIFY', startBridged);
// Redis alone may tell a worker again and again that cannot do the task; beside it workers look at the rows now and then.
describeLongWork('Redis and NOTIFY', startBridged);
