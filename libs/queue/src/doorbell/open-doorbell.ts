import type { Database, Listener } from '@earshot/database';
import type { EngineLog } from '../log.js';
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
  const onError = seldom((error) => log.warn({ error }, 'The doorbell has trouble; work goes on as soon as it answers'));
  return redisUrl === undefined ? new NotifyDoorbell(database, listener, onError) : new RedisDoorbell({ redisUrl, prefix, onError });
}

/** An outage reports an error with every attempt to reconnect: one a second is enough to know. */
function seldom(tell: (error: unknown) => void): (error: unknown) => void {
  let lastMs = 0;
  return (error) => {
    if (Date.now() - lastMs < 1_000) return;
    lastMs = Date.now();
    tell(error);
  };
}
