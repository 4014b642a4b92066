import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Kind, kinds, type Task } from '@earshot/contracts';
import { Database, Listener } from '@earshot/database';
import { startTestPostgres } from '@earshot/database/testing';
import { type KindRules, Kinds, openApiDocument, start } from '@earshot/gateway';
import { findHandlers, openDoorbell, Worker } from '@earshot/queue';
import type { Type } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, NestFactory } from '@nestjs/core';
import { createProgram } from '../../../apps/cli/src/program.js';
import { Conformance } from '../../../apps/gateway/src/testing/conformance.js';

/** What only a test knows of kinds of work: contracts and handlers. */
interface Planted {
  kinds: readonly Kind[];
  /** Of kinds whose contract cannot say everything; by default the gateway's own. */
  rules?: readonly KindRules[];
  tasks: readonly Task[];
  handlers: Type[];
}

export interface PlantedStack {
  url: string;
  home: string;
  /** All kinds that the gateway has. */
  kinds: readonly Kind[];
  /** Asks the gateway; every answer is held against the OpenAPI document of these kinds. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** The program of the command line in this process, and what it prints. */
  run(...args: string[]): Promise<{ code: number; printed: string }>;
  close(): Promise<void>;
}

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A gateway that has these kinds beside its own, and a worker for their tasks. */
export async function startPlanted({ kinds: more, rules, tasks, handlers }: Planted): Promise<PlantedStack> {
  const planted = [...kinds, ...more];
  const postgres = await startTestPostgres();
  const home = await mkdtemp(join(tmpdir(), 'earshot-planted-'));
  const databaseUrl = await postgres.createDatabase();
  const env = { DATABASE_URL: databaseUrl, EARSHOT_HOME: home, PORT: '0', DRAIN_SECONDS: '0', LOG_LEVEL: 'fatal' };
  const gateway = await start(env, { kinds: new Kinds(planted, rules) });
  const url = gateway.url ?? '';
  const database = new Database({ url: databaseUrl, applicationName: 'planted' });
  const listener = new Listener({ url: databaseUrl, applicationName: 'planted' });
  await listener.start();
  const doorbell = openDoorbell({ redisUrl: undefined, database, listener, log: silentLog });
  class PlantedModule {}
  const module = { module: PlantedModule, imports: [DiscoveryModule], providers: handlers };
  const app = await NestFactory.createApplicationContext(module, { logger: false });
  const found = findHandlers(app.get(DiscoveryService), tasks, ['extract']);
  const worker = new Worker({
    name: 'planted',
    database,
    listener,
    doorbell,
    queues: ['extract'],
    handlers: found,
    slots: 8,
    log: silentLog,
  });
  await worker.start();
  const conformance = new Conformance(await openApiDocument(planted));
  return {
    url,
    home,
    kinds: planted,
    async fetch(path, init) {
      const response = await fetch(new URL(path, url), init);
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (!isStream) await conformance.check(init?.method ?? 'GET', new URL(path, url), response.clone());
      return response;
    },
    run: (...args) => run(planted, url, args),
    async close() {
      await worker.close();
      await app.close();
      await gateway.close();
      await doorbell.close();
      await listener.close();
      await database.close();
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function run(planted: readonly Kind[], url: string, args: string[]): Promise<{ code: number; printed: string }> {
  let code = 0;
  let printed = '';
  const { write } = process.stdout;
  process.stdout.write = (text: string | Uint8Array) => {
    printed += String(text);
    return true;
  };
  try {
    await createProgram({ EARSHOT_URL: url }, (exitCode) => (code = exitCode), planted).parseAsync(args, { from: 'user' });
  } finally {
    process.stdout.write = write;
  }
  return { code, printed };
}
