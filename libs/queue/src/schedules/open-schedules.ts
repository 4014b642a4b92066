import type { Database } from '@earshot/database';
import type { EngineLog } from '../log.js';
import { PostgresSchedules } from './postgres-schedules.js';
import { RedisSchedules } from './redis-schedules.js';
import { type Schedule, type Schedules, Ticks } from './schedules.js';

interface SchedulesSettings {
  /** With it BullMQ tells when, without it the rows do. */
  redisUrl: string | undefined;
  /** Of all keys in Redis. */
  prefix?: string;
  database: Database;
  log: EngineLog;
}

export function openSchedules(
  schedules: readonly Schedule[],
  { redisUrl, prefix = 'earshot', database, log }: SchedulesSettings,
): Schedules {
  const ticks = new Ticks(database, log);
  if (redisUrl === undefined) return new PostgresSchedules(schedules, ticks);
  return new RedisSchedules(schedules, ticks, { redisUrl, prefix, onError: (error) => log.debug({ error }, 'Redis reports an error') });
}
