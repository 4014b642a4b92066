import type { AddressInfo } from 'node:net';
import { queueNames } from '@earshot/contracts';
import { Acceptor, Backlog, QueueRules, Workspaces } from '@earshot/database';
import { drainStep, itemCounter, metrics, type Running, readConfig, runSteps } from '@earshot/platform';
import { Engine, JobWaiter, openSchedules, Repeated } from '@earshot/queue';
import { SampleSearch, VectorStore } from '@earshot/vectors';
import { openService } from '@earshot/worker';
import { createApp } from './app.js';
import { Admission } from './backlog/admission.js';
import { admissionLimits } from './backlog/admission-limits.js';
import { needWorkers, tellBacklog } from './backlog/backlog-metrics.js';
import { bundledFolder, registerBundledModels } from './classifiers/bundled-models.js';
import { Sweep } from './clips/sweep.js';
import { gatewaySettings } from './config.js';
import { EventStreams } from './events/event-streams.js';
import { AutomaticIndex } from './library/automatic-index.js';
import { closeAll, listenFurther } from './old-clients/further-listeners.js';
import { StatusService } from './status/status.service.js';
import { Bodies } from './uploads/bodies.js';
import { boundConnections } from './uploads/connections.js';
import { bodyLimits } from './uploads/limits.js';
import { Kinds } from './work/kinds.js';
import { WorkService } from './work/work.service.js';

/** All requests live in this workspace until keys name others. */
const workspaceName = 'default';

interface StartOptions {
  kinds?: Kinds;
  /** Whose models are registered; those that come with Earshot by default. */
  modelsFolder?: string;
}

/** Starts the gateway with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export async function start(
  env: NodeJS.ProcessEnv,
  { kinds = new Kinds(), modelsFolder = bundledFolder }: StartOptions = {},
): Promise<Running> {
  const config = readConfig(gatewaySettings, env);
  const service = openService(config, 'gateway', config.DATABASE_POOL);
  const { log, database, listener, store, doorbell, health } = service;
  const retention = { days: config.RETENTION_DAYS, daysByKind: config.RETENTION_DAYS_BY_KIND ?? {} };
  const engine = new Engine({ database, doorbell, queues: queueNames, log, onItems: itemCounter(metrics), retention });
  const sweep = new Sweep(database, store, log);
  const waiter = new JobWaiter(database, listener);
  const vectors = new VectorStore({ url: config.CHROMA_URL });
  if (config.CHROMA_URL !== undefined) health.addCheck('index', () => vectors.ping(), { isRequired: false });
  const backlog = new Backlog(database);
  const rules = new QueueRules(database);
  health.addCheck('workers', () => needWorkers(backlog), { isRequired: false });

  await service.start();
  await waiter.start();
  const workspace = await new Workspaces(database).named(workspaceName);
  await registerBundledModels({ workspace, store, log }, modelsFolder);
  const streams = new EventStreams(workspace.events, log);
  const admission = new Admission(backlog, admissionLimits(config));
  await admission.look();
  const looks = new Repeated(
    () => admission.look(),
    1_000,
    (error) => log.debug({ error }, 'What waits could not be looked at'),
  );
  const parts = {
    admission,
    workspace,
    acceptor: new Acceptor(database),
    store,
    engine,
    waiter,
    streams,
    vectors,
    search: new SampleSearch(database, vectors),
    limits: bodyLimits(config),
    kinds,
    oldClients: config,
    status: new StatusService(health, backlog, rules, config),
  };
  const bodies = new Bodies();
  const app = await createApp(parts, { config, log, health, metrics, bodies });
  const automaticIndex = new AutomaticIndex(workspace, app.get(WorkService));
  const recurring = [
    { name: 'retention', everySeconds: 60, run: () => engine.retain() },
    { name: 'blobs.unreferenced', everySeconds: 600, run: () => sweep.sweepUnreferenced() },
    { name: 'blobs.strays', everySeconds: 86_400, run: () => sweep.sweepStrays() },
    ...(config.CHROMA_URL === undefined ? [] : [{ name: 'library.index', everySeconds: 10, run: () => automaticIndex.look() }]),
  ];
  const schedules = openSchedules(recurring, { redisUrl: config.REDIS_URL, database, log });
  engine.start();
  looks.start();
  schedules.start();
  tellBacklog(metrics, backlog, rules, queueNames);
  const server = await app.listen(config.PORT, config.HOST);
  boundConnections(server);
  const further = await listenFurther(app.getHttpAdapter().getInstance(), config.LEGACY_PORTS ?? [], config.HOST);
  const url = urlOf(config.HOST, server.address());
  log.info({ url, access: config.EARSHOT_ACCESS ?? 'open' }, 'listening');

  const steps = [
    drainStep(health, config.DRAIN_SECONDS),
    { name: 'engine', run: () => engine.close() },
    { name: 'looks at what waits', run: () => looks.stop() },
    { name: 'schedules', run: () => schedules.close() },
    { name: 'waits', run: () => waiter.close() },
    { name: 'event streams', run: () => streams.close() },
    { name: 'further ports', limitSeconds: 10, run: () => closeAll(further) },
    { name: 'http', limitSeconds: 10, run: () => app.close() },
    { name: 'bodies', run: async () => bodies.close() },
    ...service.closing,
  ];
  let closing: Promise<void> | undefined;
  return { url, close: () => (closing ??= runSteps(steps, log)) };
}

function urlOf(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : '';
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
