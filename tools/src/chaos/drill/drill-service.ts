import { Database, Listener, untilThere } from '@earshot/database';
import {
  createLog,
  databaseSettings,
  drainStep,
  Health,
  healthSettings,
  type Log,
  logSettings,
  metrics,
  type Running,
  readConfig,
  redisSettings,
  runSteps,
  startHealthServer,
} from '@earshot/platform';
import { type Doorbell, openDoorbell } from '@earshot/queue';
import { z } from 'zod';

const settings = z.object({ ...databaseSettings, ...redisSettings, ...logSettings, ...healthSettings });

export interface DrillParts {
  database: Database;
  listener: Listener;
  doorbell: Doorbell;
  log: Log;
}

/** What a drill worker and a drill engine share: a service like any other, around the part that `begin` starts; it returns how that ends. */
export async function startDrillService(
  service: string,
  env: NodeJS.ProcessEnv,
  begin: (parts: DrillParts) => Promise<() => Promise<void>>,
): Promise<Running> {
  const config = readConfig(settings, env);
  const log = createLog({ service, level: config.LOG_LEVEL });
  const onError = (error: unknown) => log.warn({ error }, 'a database connection failed');
  const database = new Database({ url: config.DATABASE_URL, applicationName: service, poolSize: 4, onError });
  const listener = new Listener({ url: config.DATABASE_URL, applicationName: service, onError });
  const doorbell = openDoorbell({ redisUrl: config.REDIS_URL, database, listener, log });
  const health = new Health(log);
  health.addCheck('postgres', () => database.ping());
  await untilThere(database, { onWait: onError });
  await listener.start();
  const endPart = await begin({ database, listener, doorbell, log });
  const probes = await startHealthServer({ host: config.HEALTH_HOST, port: config.HEALTH_PORT, health, metrics });
  const steps = [
    drainStep(health, 0),
    { name: service, limitSeconds: 20, run: endPart },
    { name: 'doorbell', run: () => doorbell.close() },
    { name: 'listener', run: () => listener.close() },
    { name: 'database', run: () => database.close() },
    { name: 'probes', run: () => probes.close() },
  ];
  return { url: probes.url, close: () => runSteps(steps, log) };
}
