// The doorbell on Redis, with PostgreSQL's NOTIFY as the bridge over its outages: nothing that waits, waits for Redis to come back.
import type { QueueRule, WaitingTask } from '@earshot/database';
import type { EngineLog } from '../log.js';
import { Repeated } from '../repeated.js';
import type { Doorbell, Subscriber, Subscription } from './doorbell.js';
import type { NotifyDoorbell } from './notify-doorbell.js';
import type { RedisDoorbell } from './redis-doorbell.js';

interface BridgedDoorbellOptions {
  redis: RedisDoorbell;
  notify: NotifyDoorbell;
  log: EngineLog;
  /** How often Redis is asked whether it is there; 1 s by default. */
  lookMs?: number;
}

/** While Redis stays away, that is said so often. */
const remindMs = 60_000;

export class BridgedDoorbell implements Doorbell {
  private awaySinceMs: number | null = null;
  private remindedMs = 0;
  private readonly bridges = new Set<Subscription>();
  private readonly looks: Repeated;

  constructor(private readonly options: BridgedDoorbellOptions) {
    this.looks = new Repeated(
      () => this.look(),
      options.lookMs ?? 1_000,
      (error) => options.log.debug({ error }, 'Redis could not be looked for'),
    );
    this.looks.start();
  }

  get isAway(): boolean {
    return this.awaySinceMs !== null;
  }

  async ring(tasks: WaitingTask[]): Promise<void> {
    const { redis, notify } = this.options;
    await (this.isAway ? notify.ring(tasks) : redis.ring(tasks).catch(() => notify.ring(tasks)));
  }

  async wake(queues: readonly string[]): Promise<void> {
    if (this.isAway) await this.options.notify.wake(queues);
  }

  async room(queue: string): Promise<number> {
    return this.isAway ? 0 : this.options.redis.room(queue);
  }

  async hasForgotten(queue: string): Promise<boolean> {
    return !this.isAway && (await this.options.redis.hasForgotten(queue));
  }

  async obey(rule: QueueRule): Promise<void> {
    if (!this.isAway) await this.options.redis.obey(rule);
  }

  async ping(): Promise<void> {
    if (this.awaySinceMs === null) return;
    throw new Error(`Redis has been away for ${Math.round((Date.now() - this.awaySinceMs) / 1_000)} s; PostgreSQL rings meanwhile`);
  }

  /** Both at once: another process may have lost Redis while this one has not, and rings by NOTIFY then. */
  async subscribe(subscriber: Subscriber): Promise<Subscription> {
    const { redis, notify } = this.options;
    const bridge = await notify.subscribe(subscriber, { isStandby: () => !this.isAway });
    this.bridges.add(bridge);
    const rings = await redis.subscribe(subscriber);
    return {
      pause: () => rings.pause(),
      resume: () => {
        rings.resume();
        if (this.isAway) bridge.resume();
      },
      close: async () => {
        this.bridges.delete(bridge);
        await Promise.all([rings.close(), bridge.close()]);
      },
    };
  }

  async close(): Promise<void> {
    await this.looks.stop();
    await this.options.redis.close();
    await this.options.notify.close();
  }

  private async look(): Promise<void> {
    await this.options.redis.ping().then(
      () => this.isBack(),
      (error: unknown) => this.isGone(error),
    );
  }

  private isGone(error: unknown): void {
    const nowMs = Date.now();
    if (this.awaySinceMs === null) for (const bridge of this.bridges) bridge.resume();
    this.awaySinceMs ??= nowMs;
    if (nowMs - this.remindedMs < remindMs) return;
    this.remindedMs = nowMs;
    const reason = error instanceof Error ? error.message : String(error);
    this.options.log.warn({ reason, seconds: Math.round((nowMs - this.awaySinceMs) / 1_000) }, 'Redis is away; PostgreSQL rings meanwhile');
  }

  private isBack(): void {
    if (this.awaySinceMs === null) return;
    this.options.log.info({ seconds: Math.round((Date.now() - this.awaySinceMs) / 1_000) }, 'Redis is back');
    this.awaySinceMs = null;
    this.remindedMs = 0;
  }
}
