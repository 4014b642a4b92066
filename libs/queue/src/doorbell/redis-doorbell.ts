// The doorbell for many machines: BullMQ on Redis. A BullMQ job is a ring for a few tasks and carries nothing but their ids.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Slot, slots } from '@earshot/contracts';
import { Grouped, type QueueRule, type WaitingTask } from '@earshot/database';
import { type Job, type JobsOptions, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Doorbell, Ring, Subscriber, Subscription } from './doorbell.js';

export interface RedisDoorbellOptions {
  redisUrl: string;
  /** Names of all keys begin with it; `earshot` by default. */
  prefix?: string;
  onError: (error: unknown) => void;
}

/** Short tasks in one ring, and items: a sandbox message holds eight small clips, a chunk fills a ring alone. A long task has its own. */
const tasksPerRing = 8;
const itemsPerRing = 32;

/** Rings of a queue that may wait in Redis; the backlog is rows. */
const waitingRings = 640;

/** When Redis is away a ring fails soon; the dispatcher rings later. */
const commandTimeoutMs = 2_000;

export class RedisDoorbell implements Doorbell {
  private readonly redis: Redis;
  private readonly queues = new Map<string, Queue<Ring>>();
  /** Queues in which a ring is for one task, so that BullMQ's limit on rings is one on tasks. */
  private readonly limited = new Set<string>();
  private readonly rings: Grouped<WaitingTask[], undefined>;
  private readonly prefix: string;

  constructor(private readonly options: RedisDoorbellOptions) {
    this.prefix = options.prefix ?? 'earshot';
    this.redis = new Redis(options.redisUrl, {
      maxRetriesPerRequest: 1,
      enableOfflineQueue: false,
      commandTimeout: commandTimeoutMs,
      retryStrategy: (times) => Math.min(100 * times, 2_000),
    });
    this.redis.on('error', options.onError);
    this.rings = new Grouped(async (groups) => {
      await this.add(groups.flat());
      return groups.map(() => undefined);
    });
  }

  async ring(tasks: WaitingTask[]): Promise<void> {
    if (this.redis.status !== 'ready') throw new Error(`Redis is away (${this.redis.status})`);
    await this.rings.submit(tasks);
  }

  async wake(): Promise<void> {
    // the dispatcher rings for all that waits, as there is room
  }

  async room(queue: string): Promise<number> {
    const counts = await this.queue(queue).getJobCounts('waiting', 'prioritized');
    const waiting = Object.values(counts).reduce((sum, n) => sum + n, 0);
    return Math.max(0, waitingRings - waiting) * tasksPerRing;
  }

  /**
   * The queue's key is missing: Redis was erased. It is set again first, so that a second erasure is noticed too. Each queue has a key
   * of its own: services ring for different ones, and whoever asks first must not learn it in the place of the others.
   */
  async hasForgotten(queue: string): Promise<boolean> {
    if (this.redis.status !== 'ready') return false; // it cannot be asked
    return (await this.redis.set(`${this.prefix}:remembers:${queue}`, '1', 'NX')) === 'OK';
  }

  /** What Redis has is compared each time: it may have been erased, or told by a process that has missed a change. */
  async obey({ queue: name, paused, limitTasks }: QueueRule): Promise<void> {
    if (limitTasks === null) this.limited.delete(name);
    else this.limited.add(name);
    if (this.redis.status !== 'ready') return;
    for (const queue of slots.map((slot) => this.queue(ringQueue(name, slot)))) {
      const [isPaused, limit] = await Promise.all([queue.isPaused(), queue.getGlobalConcurrency()]);
      if (paused !== isPaused) await (paused ? queue.pause() : queue.resume());
      if (limitTasks !== limit) await (limitTasks === null ? queue.removeGlobalConcurrency() : queue.setGlobalConcurrency(limitTasks));
    }
  }

  /** Rejects unless Redis answers soon. */
  async ping(): Promise<void> {
    if (this.redis.status.startsWith('connect'))
      await Promise.race([once(this.redis, 'ready'), once(this.redis, 'close'), sleep(commandTimeoutMs)]);
    await this.redis.ping();
  }

  async subscribe(subscriber: Subscriber): Promise<Subscription> {
    const workers = subscriber.queues.map((queue) => this.worker(ringQueue(queue, subscriber.slot), subscriber));
    return {
      pause: () => workers.forEach((worker) => void worker.pause(true).catch(this.options.onError)),
      resume: () => workers.forEach((worker) => void worker.resume().catch(this.options.onError)),
      close: async () => {
        // Otherwise it would wait for Redis to come back, or to answer.
        const isAway = await this.ping().then(
          () => false,
          () => true,
        );
        await Promise.all(workers.map((worker) => worker.close(isAway)));
      },
    };
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.queues.values()].map((queue) => queue.close()));
    this.redis.disconnect();
  }

  private worker(queue: string, subscriber: Subscriber): Worker<Ring> {
    const takeRung = async ({ data, opts }: Job<Ring>): Promise<void> => {
      const left = await subscriber.takeRung({ ...data, priority: opts.priority ?? 0 });
      const items = Math.ceil((data.items * left.length) / data.taskIds.length);
      if (left.length > 0) await this.queue(queue).add('ring', { taskIds: left, items }, ringOptions(opts.priority));
    };
    const worker = new Worker<Ring>(queue, takeRung, {
      prefix: this.prefix,
      connection: { url: this.options.redisUrl, maxRetriesPerRequest: null, retryStrategy: (times) => Math.min(100 * times, 2_000) },
      concurrency: subscriber.slots,
      lockDuration: 10_000,
      stalledInterval: 5_000,
      maxStalledCount: 1_000_000, // a ring is never given up; what is poison is counted in the task's row
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    });
    worker.on('error', this.options.onError);
    return worker;
  }

  private queue(name: string): Queue<Ring> {
    const known = this.queues.get(name);
    if (known !== undefined) return known;
    const queue = new Queue<Ring>(name, { connection: this.redis, prefix: this.prefix, skipMetasUpdate: true, skipVersionCheck: true });
    queue.on('error', this.options.onError);
    this.queues.set(name, queue);
    return queue;
  }

  private async add(tasks: WaitingTask[]): Promise<void> {
    for (const [queue, ofQueue] of Map.groupBy(tasks, ({ queue, slot }) => ringQueue(queue, slot))) {
      const rings = [...Map.groupBy(ofQueue, (task) => task.priority)].flatMap(([priority, ofPriority]) =>
        ringsOf(ofPriority, this.limited.has(ofQueue[0]?.queue ?? '') ? 1 : tasksPerRing).map((data) => ({
          name: 'ring',
          data,
          opts: { ...ringOptions(priority), jobId: idOf(ofPriority, data) },
        })),
      );
      await this.queue(queue).addBulk(rings);
    }
  }
}

/** Long tasks have rings of their own, so that a ring for them and one for short work never wait for each other's slots. */
function ringQueue(queue: string, slot: Slot): string {
  return slot === 'short' ? queue : `${queue}-long`;
}

/**
 * A long task waits for hours and is rung for every half minute: its rings have one name, under which Redis holds one. Those for short
 * tasks have none; of them no more are made than there is room for.
 */
function idOf([task]: WaitingTask[], { taskIds }: Ring): string | undefined {
  return task?.slot === 'long' ? `task-${taskIds.join()}` : undefined;
}

function ringOptions(priority: number | undefined): JobsOptions {
  return { priority, removeOnComplete: true, removeOnFail: true };
}

function ringsOf(tasks: WaitingTask[], most: number): Ring[] {
  const rings: Ring[] = [];
  let ring: Ring = { taskIds: [], items: 0 };
  for (const { id, slot, items } of tasks) {
    if (slot === 'long') {
      rings.push({ taskIds: [id], items: 1 });
      continue;
    }
    if (ring.taskIds.length === most || (ring.items > 0 && ring.items + items > itemsPerRing)) {
      rings.push(ring);
      ring = { taskIds: [], items: 0 };
    }
    ring.taskIds.push(id);
    ring.items += items;
  }
  if (ring.taskIds.length > 0) rings.push(ring);
  return rings;
}
