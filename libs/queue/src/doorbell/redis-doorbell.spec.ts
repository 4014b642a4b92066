import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
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

  it('holds one ring for a long task, however often it is rung for while it waits', async () => {
    const redis = await TestRedis.start();
    const doorbell = new RedisDoorbell({ redisUrl: redis.url, onError: () => undefined });
    try {
      const room = await doorbell.room('train-long');
      const tasks = [1, 2].map((id) => ({ id, queue: 'train', slot: 'long' as const, priority: 5, items: 1 }));
      for (let ring = 0; ring < 5; ring++) await doorbell.ring(tasks);
      expect(await doorbell.room('train-long')).toBe(room - 2 * 8);
    } finally {
      await doorbell.close();
      await redis.stop();
    }
  });

  it('rings again after Redis was lost at the very moment at which it rang for a queue for the first time', async () => {
    const redis = await TestRedis.start();
    const proxy = await cutOffAtVersionCheck(redis.port);
    const doorbell = new RedisDoorbell({ redisUrl: `redis://127.0.0.1:${proxy.port}`, onError: () => undefined });
    try {
      let room: number | null = null;
      for (const endMs = Date.now() + 8_000; room === null && Date.now() < endMs; await sleep(100))
        room = await doorbell.room('extract').catch(() => null);
      expect(room).toBeGreaterThan(0);
    } finally {
      await doorbell.close();
      await proxy.close();
      await redis.stop();
    }
  }, 20_000);
});

/** A way to Redis that is lost for a while when BullMQ asks for the version, after ioredis has asked whether the server is ready. */
async function cutOffAtVersionCheck(redisPort: number): Promise<{ port: number; close(): Promise<void> }> {
  let backAtMs: number | null = null;
  const server = createServer((client) => {
    if (backAtMs !== null && Date.now() < backAtMs) {
      client.destroy();
      return;
    }
    let infos = 0;
    const upstream = connect(redisPort, '127.0.0.1');
    for (const socket of [client, upstream])
      socket.on('error', () => undefined).on('close', () => [client, upstream].map((s) => s.destroy()));
    upstream.pipe(client);
    client.on('data', (bytes) => {
      infos += bytes.toString().toLowerCase().split('\r\ninfo\r\n').length - 1;
      if (infos > 1 && backAtMs === null) {
        backAtMs = Date.now() + 2_500; // longer than a command may take
        client.destroy();
      } else upstream.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
