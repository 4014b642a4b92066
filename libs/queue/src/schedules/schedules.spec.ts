import { describeSchedules } from '../conformance/schedules.conformance.js';
import { TestRedis } from '../testing/redis.js';

let redis: TestRedis;
beforeAll(async () => {
  redis = await TestRedis.start();
});
afterAll(() => redis.stop());

describeSchedules('PostgreSQL', () => ({ redisUrl: undefined, lose: async () => undefined }));
describeSchedules('Redis', () => ({ redisUrl: redis.url, lose: () => redis.erase() }));
describeSchedules('a Redis that goes away', () => ({ redisUrl: redis.url, lose: () => redis.kill() }));
