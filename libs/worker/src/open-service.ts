import { Database, Listener, pendingMigrations, untilThere } from '@earshot/database';
import {
  blobSettings,
  checkSurroundings,
  createLog,
  Health,
  type Log,
  metrics,
  type ShutdownStep,
  statementCounter,
  tellDoorbell,
} from '@earshot/platform';
import { type Doorbell, openDoorbell } from '@earshot/queue';
import { type BlobStore, openBlobStore } from '@earshot/storage';
import type { WorkerConfig } from './worker-settings.js';

/** What every service stands on. */
export interface Service {
  log: Log;
  database: Database;
  listener: Listener;
  store: BlobStore;
  doorbell: Doorbell;
  health: Health;
  /** Refuses surroundings in which it cannot work, then hears what the database tells. */
  start(): Promise<void>;
  /** The last steps of its end. */
  closing: readonly ShutdownStep[];
}

/** Opens what the gateway and the workers have in common. */
export function openService(config: Omit<WorkerConfig, 'HEALTH_HOST' | 'HEALTH_PORT'>, name: string, poolSize?: number): Service {
  const log = createLog({ service: name, level: config.LOG_LEVEL });
  const onError = (error: unknown) => log.warn({ error }, 'a database connection failed');
  const [url, applicationName] = [config.DATABASE_URL, `earshot ${name}`];
  const database = new Database({ url, applicationName, poolSize, onStatement: statementCounter(metrics), onError });
  const listener = new Listener({ url, applicationName, onError });
  const store = openBlobStore(blobSettings(config));
  const doorbell = openDoorbell({ redisUrl: config.REDIS_URL, database, listener, log });
  const health = new Health(log);
  health.addCheck('postgres', () => database.ping());
  health.addCheck('postgres-space', () => database.pingSpace(), { isRequired: false });
  health.addCheck('storage', () => store.ping(), { isRequired: false });
  health.addCheck('doorbell', () => doorbell.ping(), { isRequired: false });
  tellDoorbell(metrics, doorbell);
  return {
    ...{ log, database, listener, store, doorbell, health },
    async start() {
      const onWait = (error: unknown) => log.warn({ error }, 'PostgreSQL is not there yet; the start waits for it');
      await untilThere(database, { onWait });
      await checkSurroundings({ pendingMigrations: () => pendingMigrations(database), pingBlobStore: () => store.ping() });
      await listener.start();
    },
    closing: [
      { name: 'doorbell', run: () => doorbell.close() },
      { name: 'listener', run: () => listener.close() },
      { name: 'storage', run: () => store.close() },
      { name: 'database', run: () => database.close() },
    ],
  };
}
