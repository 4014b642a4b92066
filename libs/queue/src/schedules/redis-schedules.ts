// Schedules by BullMQ's job schedulers. Redis may be erased or away: a schedule that is missing is set again, and while that cannot be
// done each process looks at the row itself.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { Repeated } from '../repeated.js';
import { againAfter, type Schedule, type Schedules, type Ticks } from './schedules.js';

export interface RedisSchedulesOptions {
  redisUrl: string;
  prefix: string;
  onError: (error: unknown) => void;
}

const queueName = 'schedules';
const commandTimeoutMs = 2_000;
/** A failed tick comes again by so much later than its row is due. */
const againLater = 1.1;
const attempts = 9;

export class RedisSchedules implements Schedules {
  private readonly redis: Redis;
  private readonly queue: Queue;
  private readonly looks: Repeated[];
  private worker: Worker | undefined;

  constructor(
    private readonly schedules: readonly Schedule[],
    private readonly ticks: Ticks,
    private readonly options: RedisSchedulesOptions,
  ) {
    const { redisUrl, prefix, onError } = options;
    const retryStrategy = (times: number) => Math.min(100 * times, 2_000);
    this.redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, commandTimeout: commandTimeoutMs, retryStrategy });
    this.redis.on('error', onError);
    this.queue = new Queue(queueName, { connection: this.redis, prefix, skipVersionCheck: true });
    this.queue.on('error', onError);
    this.looks = schedules.map((schedule) => new Repeated(() => this.keep(schedule), againAfter * schedule.everySeconds * 1_000, onError));
  }

  start(): void {
    const { redisUrl, prefix, onError } = this.options;
    const tick = async ({ name }: { name: string }) => {
      const schedule = this.schedules.find((one) => one.name === name);
      // BullMQ tries again what failed, and what a process of another version has to do.
      if (schedule === undefined || !(await this.ticks.tick(schedule))) throw new Error(`${name} was not done`);
    };
    this.worker = new Worker(queueName, tick, {
      prefix,
      connection: { url: redisUrl, maxRetriesPerRequest: null, retryStrategy: (times: number) => Math.min(100 * times, 2_000) },
      concurrency: this.schedules.length,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    this.worker.on('error', onError);
    for (const look of this.looks) look.start();
  }

  async close(): Promise<void> {
    const isAway = this.redis.status !== 'ready';
    await Promise.all(this.looks.map((look) => look.stop()));
    await this.worker?.close(isAway);
    await this.queue.close().catch(this.options.onError);
    this.redis.disconnect();
  }

  private async keep(schedule: Schedule): Promise<void> {
    const { name, everySeconds } = schedule;
    const opts = { attempts, backoff: { type: 'fixed', delay: againLater * againAfter * everySeconds * 1_000 } };
    try {
      await this.ready(); // a command before the first connection would wait for it, however long
      if ((await this.queue.getJobScheduler(name)) === undefined)
        await this.queue.upsertJobScheduler(name, { every: everySeconds * 1_000 }, { name, opts });
    } catch (error) {
      this.options.onError(error);
      await this.ticks.tick(schedule);
    }
  }

  private async ready(): Promise<void> {
    if (this.redis.status.startsWith('connect'))
      await Promise.race([once(this.redis, 'ready'), once(this.redis, 'close'), sleep(commandTimeoutMs)]);
    if (this.redis.status !== 'ready') throw new Error(`Redis is away (${this.redis.status})`);
  }
}
