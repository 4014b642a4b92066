import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type QueueName, tasks } from '@earshot/contracts';
import { Database, Listener, pendingMigrations } from '@earshot/database';
import {
  blobSettings,
  checkSurroundings,
  createLog,
  drainStep,
  Health,
  itemCounter,
  metrics,
  type Running,
  readConfig,
  runSteps,
  startHealthServer,
  statementCounter,
  tellDoorbell,
  withLogContext,
} from '@earshot/platform';
import { findHandlers, openDoorbell, Watchdog, Worker } from '@earshot/queue';
import { Sandbox } from '@earshot/sandbox';
import { openBlobStore } from '@earshot/storage';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import { extractorSettings } from './config.js';
import { ExtractorModule } from './extractor.module.js';

/** What this service serves. */
export const queues: readonly QueueName[] = ['extract'];

/** Starts the extractor with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export async function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readConfig(extractorSettings, env);
  const log = createLog({ service: 'extractor', level: config.LOG_LEVEL });
  const taskSeconds = metrics.histogram({
    name: 'earshot_task_duration_seconds',
    help: 'How long tasks took, by how they ended',
    labels: ['task', 'outcome'],
  });
  const onError = (error: unknown) => log.warn({ error }, 'a database connection failed');
  const applicationName = 'earshot extractor';
  const database = new Database({ url: config.DATABASE_URL, applicationName, onStatement: statementCounter(metrics), onError });
  const listener = new Listener({ url: config.DATABASE_URL, applicationName, onError });
  const store = openBlobStore(blobSettings(config));
  const sandbox = new Sandbox({ children: config.EARSHOT_SANDBOX_CHILDREN, log });
  const doorbell = openDoorbell({ redisUrl: config.REDIS_URL, database, listener, log });

  const app = await NestFactory.createApplicationContext(await ExtractorModule.with({ database, sandbox, store }), { logger: false });
  const worker = new Worker({
    // Unlike any process before: in a container that was started again, host and process id are those of the one that died.
    name: `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`,
    database,
    listener,
    doorbell,
    queues,
    handlers: findHandlers(app.get(DiscoveryService), tasks, queues),
    slots: config.EARSHOT_SLOTS,
    longSlots: config.EARSHOT_LONG_SLOTS,
    log,
    inContext: withLogContext,
    onItems: itemCounter(metrics),
    onTaskEnd: ({ task, outcome, seconds }) => taskSeconds.observe({ task, outcome }, seconds),
  });
  const health = new Health(log);
  health.addCheck('postgres', () => database.ping());
  health.addCheck('storage', () => store.ping(), { isRequired: false });
  health.addCheck('doorbell', () => doorbell.ping(), { isRequired: false });
  tellDoorbell(metrics, doorbell);
  const watchdog = new Watchdog({ worker, log, onStuck: (reason) => health.setLive(reason) });

  await checkSurroundings({ pendingMigrations: () => pendingMigrations(database), pingBlobStore: () => store.ping() });
  await listener.start();
  const probes = await startHealthServer({ host: config.HEALTH_HOST, port: config.HEALTH_PORT, health, metrics });
  await worker.start();
  watchdog.start();
  log.info({ url: probes.url, queues, slots: config.EARSHOT_SLOTS, children: config.EARSHOT_SANDBOX_CHILDREN }, 'working');

  const steps = [
    drainStep(health, 0), // nobody sends requests here: it stops claiming at once
    { name: 'watchdog', run: () => watchdog.stop() },
    { name: 'worker', limitSeconds: 20, run: () => worker.close() },
    { name: 'sandbox', run: () => sandbox.close() },
    { name: 'handlers', run: () => app.close() },
    { name: 'doorbell', run: () => doorbell.close() },
    { name: 'listener', run: () => listener.close() },
    { name: 'storage', run: () => store.close() },
    { name: 'database', run: () => database.close() },
    { name: 'probes', run: () => probes.close() },
  ];
  let closing: Promise<void> | undefined;
  return { url: probes.url, close: () => (closing ??= runSteps(steps, log)) };
}
