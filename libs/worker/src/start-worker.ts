import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type QueueName, type Slot, tasks } from '@earshot/contracts';
import type { Database } from '@earshot/database';
import {
  drainStep,
  type Health,
  itemCounter,
  type Log,
  metrics,
  type Running,
  runSteps,
  startHealthServer,
  withLogContext,
} from '@earshot/platform';
import { findHandlers, Watchdog, Worker } from '@earshot/queue';
import type { BlobStore } from '@earshot/storage';
import type { DynamicModule } from '@nestjs/common';
import { DiscoveryService, NestFactory } from '@nestjs/core';
import { openService } from './open-service.js';
import type { WorkerConfig } from './worker-settings.js';

/** What the handlers of a service are built on; opened and closed by `startWorker`. */
export interface WorkerParts {
  database: Database;
  store: BlobStore;
  log: Log;
  /** For what only this service has. */
  health: Health;
  /** Says what its tasks cannot do without: while it rejects, the service is not ready, and begins nothing. */
  need(name: string, check: () => Promise<unknown>): void;
}

export interface WorkerService {
  /** As in its image and its log lines. */
  name: string;
  queues: readonly QueueName[];
  /** How much it takes at the same time: items of short tasks, and long tasks. */
  slots: Record<Slot, number>;
  /** Its handlers, and what only they need; what that opens the module closes. */
  module(parts: WorkerParts): Promise<DynamicModule>;
}

/** Starts a worker service: it owns what it opens, and leaves the process to whoever called. */
export async function startWorker(config: WorkerConfig, { name, queues, slots, module }: WorkerService): Promise<Running> {
  const service = openService(config, name);
  const { log, database, listener, store, doorbell, health } = service;
  const taskSeconds = metrics.histogram({
    name: 'earshot_task_duration_seconds',
    help: 'How long tasks took, by how they ended',
    labels: ['task', 'outcome'],
  });
  const needs: (() => Promise<unknown>)[] = [];
  const need: WorkerParts['need'] = (name, check) => {
    health.addCheck(name, check);
    needs.push(check);
  };
  const app = await NestFactory.createApplicationContext(await module({ database, store, log, health, need }), { logger: false });
  const worker = new Worker({
    // Unlike any process before: in a container that was started again, host and process id are those of the one that died.
    name: `${hostname()} ${process.pid} ${randomUUID().slice(0, 8)}`,
    database,
    listener,
    doorbell,
    queues,
    handlers: findHandlers(app.get(DiscoveryService), tasks, queues),
    slots: slots.short,
    longSlots: slots.long,
    needs,
    log,
    inContext: withLogContext,
    onItems: itemCounter(metrics),
    onTaskEnd: ({ task, outcome, seconds }) => taskSeconds.observe({ task, outcome }, seconds),
  });
  const watchdog = new Watchdog({ worker, log, onStuck: (reason) => health.setLive(reason) });

  await service.start();
  const begun = Promise.withResolvers<void>();
  health.addCheck('worker', () => begun.promise); // a port that is taken must be found out before anything is claimed
  const probes = await startHealthServer({ host: config.HEALTH_HOST, port: config.HEALTH_PORT, health, metrics });
  await worker.start();
  begun.resolve();
  watchdog.start();
  log.info({ url: probes.url, queues, slots }, 'working');

  const steps = [
    drainStep(health, 0), // nobody sends requests here: it stops claiming at once
    { name: 'watchdog', run: () => watchdog.stop() },
    { name: 'worker', limitSeconds: 20, run: () => worker.close() },
    { name: 'handlers', run: () => app.close() },
    ...service.closing,
    { name: 'probes', run: () => probes.close() },
  ];
  let closing: Promise<void> | undefined;
  return { url: probes.url, close: () => (closing ??= runSteps(steps, log)) };
}
