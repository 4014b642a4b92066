import { TestRedis } from '../testing/redis.js';
import { RedisDoorbell } from './redis-doorbell.js';

describe('the doorbell on Redis', () => {
  it('tells of each queue that its rings were lost, whoever asks first for another queue', async () => {
    const redis = await TestRedis.start();
    const doorbells = [1, 2].map(() => new RedisDoorbell({ redisUrl: redis.url, onError: () => undefined }));
    const [gateway, trainer] = doorbells as [RedisDoorbell, RedisDoorbell];
    const told = async () => [await gateway.hasForgotten('extract'), await trainer.hasForgotten('train')];
    try {
      await Promise.all(doorbells.map((doorbell) => doorbell.room('extract'))); // both are connected
      expect(await told()).toEqual([true, true]);
      expect(await told()).toEqual([false, false]);
      await redis.erase();
      expect(await told()).toEqual([true, true]);
      expect(await told()).toEqual([false, false]);
    } finally {
      await Promise.all(doorbells.map((doorbell) => doorbell.close()));
      await redis.stop();
    }
  });
});
