import { setTimeout as sleep } from 'node:timers/promises';
import { numbered, single } from '../testing/drill.js';
import { freshEngine } from '../testing/fresh-engine.js';
import { TestRedis } from '../testing/redis.js';
import { openDoorbell } from './open-doorbell.js';

describe('the doorbell on Redis, while Redis is away', () => {
  let redis: TestRedis;
  let warnings: string[];
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (_: object, message: string) => void warnings.push(message),
    error: () => undefined,
  };
  const on = freshEngine(async () => {
    redis = await TestRedis.start();
    return {
      open: ({ database, listener, prefix }) => openDoorbell({ redisUrl: redis.url, prefix, database, listener, log }),
      erase: () => redis.erase(),
      stop: () => redis.stop(),
    };
  });
  beforeEach(() => {
    warnings = [];
  });

  const doorbellIs = async (state: 'well' | 'away') => {
    const isWell = () =>
      on.doorbell.ping().then(
        () => true,
        () => false,
      );
    for (const deadline = Date.now() + 10_000; (await isWell()) !== (state === 'well'); await sleep(20))
      if (Date.now() > deadline) throw new Error(`The doorbell is not ${state}`);
  };
  const worksSoon = async () =>
    expect(await on.ended(await on.ask(single, numbered(4)), 5_000)).toMatchObject({ state: 'succeeded', succeeded: 4 });

  it('tells of work by NOTIFY, says so once, and comes back to Redis', async () => {
    await on.work();
    await worksSoon();
    await redis.kill();
    await worksSoon(); // also before anybody knows that Redis is away
    await doorbellIs('away');
    for (let i = 0; i < 3; i++) await worksSoon();
    await sleep(3_000);
    expect(warnings.filter((message) => message.includes('Redis'))).toEqual(['Redis is away; PostgreSQL rings meanwhile']);
    await redis.start();
    await doorbellIs('well');
    await worksSoon();
  }, 60_000);

  it('finds work for which was rung before', async () => {
    const ids = [await on.ask(single, numbered(4)), await on.ask(single, numbered(4))];
    await redis.kill();
    await on.work();
    for (const id of ids) expect(await on.ended(id, 10_000)).toMatchObject({ state: 'succeeded' });
    await redis.start();
  }, 60_000);

  it('notices a Redis that is there and does not answer', async () => {
    await on.work();
    process.kill(redis.pid ?? Number.NaN, 'SIGSTOP');
    try {
      await doorbellIs('away');
      await worksSoon();
    } finally {
      process.kill(redis.pid ?? Number.NaN, 'SIGCONT');
    }
    await doorbellIs('well');
  }, 60_000);

  it('lets a worker end that Redis does not answer', async () => {
    const worker = await on.work();
    await worksSoon();
    process.kill(redis.pid ?? Number.NaN, 'SIGSTOP');
    try {
      const isClosed = worker.close().then(() => true);
      expect(await Promise.race([isClosed, sleep(10_000, false)])).toBe(true);
    } finally {
      process.kill(redis.pid ?? Number.NaN, 'SIGCONT');
    }
    await doorbellIs('well');
  }, 60_000);

  it('hears another process that has lost Redis while this one has not', async () => {
    await on.work();
    await doorbellIs('well');
    const elsewhere = openDoorbell({ redisUrl: 'redis://127.0.0.1:1', database: on.database, listener: on.listener, log });
    on.closesLater(elsewhere);
    await on.engine.close(); // nobody else rings
    const id = await on.ask(single, []);
    await on.erase();
    const waiting = await on.sql('select id, queue, slot, priority from task where job_id = $1', [id]);
    await elsewhere.ring(waiting.map(({ id }) => ({ id: Number(id), queue: 'train', slot: 'short', priority: 5, items: 1 })));
    expect(await on.ended(id, 5_000)).toMatchObject({ state: 'succeeded' });
  }, 60_000);
});
