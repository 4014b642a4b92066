import type { Database, Listener } from '@earshot/database';
import type { EngineLog } from '../log.js';
import { BridgedDoorbell } from './bridged-doorbell.js';
import type { Doorbell } from './doorbell.js';
import { NotifyDoorbell } from './notify-doorbell.js';
import { RedisDoorbell } from './redis-doorbell.js';

export interface DoorbellSettings {
  /** With it the doorbell is BullMQ on Redis, without it PostgreSQL's NOTIFY. */
  redisUrl: string | undefined;
  /** Of all keys in Redis. */
  prefix?: string;
  database: Database;
  listener: Listener;
  log: EngineLog;
}

export function openDoorbell({ redisUrl, prefix, database, listener, log }: DoorbellSettings): Doorbell {
  const notify = new NotifyDoorbell(database, listener, (error) => log.warn({ error }, 'Waiting tasks could not be looked for'));
  if (redisUrl === undefined) return notify;
  // Each attempt to reconnect reports an error; that Redis is away is said by the bridge.
  const redis = new RedisDoorbell({ redisUrl, prefix, onError: (error) => log.debug({ error }, 'Redis reports an error') });
  return new BridgedDoorbell({ redis, notify, log });
}
