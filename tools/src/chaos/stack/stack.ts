import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@earshot/embedded';
import { TestRedis } from '@earshot/queue/testing';
import { TestChroma } from '@earshot/vectors/testing';
import type { DoorbellName } from '../../stack/servers.js';
import { PostgresServer } from './postgres-server.js';
import { processesOf } from './processes.js';
import { Relay } from './relay.js';
import { Supervised, type UnexpectedEnd } from './supervised.js';

export interface StackOptions {
  doorbell: DoorbellName;
  gateways: number;
  extractors: number;
  drillWorkers: number;
  /** Drill workers of the version before; none by default. */
  olderDrillWorkers?: number;
  /** Of each drill worker; 8 by default. */
  drillSlots?: number;
  /** None by default, and no Chroma either. */
  indexers?: number;
}

interface Service {
  name: string;
  /** The module that node runs. */
  entry: string;
  env?: NodeJS.ProcessEnv;
  mayKillItself?: boolean;
}

/** Of each extractor: few enough that a kill every 2 s throws away little of what is being done. */
const extractorSlots = 8;

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const program = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** Everything that Earshot is, as processes of its own over a database and a Redis of its own, in one temporary folder. */
export class Stack {
  readonly gateways: Supervised[] = [];
  readonly extractors: Supervised[] = [];
  readonly drillWorkers: Supervised[] = [];
  readonly olderDrillWorkers: Supervised[] = [];
  readonly drillEngines: Supervised[] = [];
  readonly indexers: Supervised[] = [];
  /** Null where NOTIFY is the doorbell. */
  redis: TestRedis | null = null;
  /** Null where there is no indexer. */
  chroma: TestChroma | null = null;
  /** The only way to Chroma that services know. */
  wayToChroma: Relay | null = null;
  isKept = false;
  private closing: Promise<string[]> | undefined;

  private constructor(
    readonly folder: string,
    readonly postgres: PostgresServer,
  ) {}

  static async start(options: StackOptions): Promise<Stack> {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-chaos-'));
    await chmod(folder, 0o711); // PostgreSQL may run under another account
    for (const name of ['tmp', 'logs']) await mkdir(join(folder, name));
    const postgres = await PostgresServer.start(join(folder, 'postgres'), join(folder, 'logs', 'postgres.log'));
    const stack = new Stack(folder, postgres);
    for (const signal of endingSignals) process.once(signal, stack.endNow);
    try {
      if (options.doorbell === 'redis') stack.redis = await TestRedis.start();
      if ((options.indexers ?? 0) > 0) {
        stack.chroma = await TestChroma.start();
        stack.wayToChroma = await Relay.start(stack.chroma.port);
      }
      await stack.startServices(options);
      await Promise.all(stack.services.map((service) => service.whenReady()));
    } catch (error) {
      stack.keepFolder();
      await stack.close();
      throw new Error(`The services did not start; their logs are in ${folder}`, { cause: error });
    }
    return stack;
  }

  get services(): Supervised[] {
    return [...this.gateways, ...this.workers, ...this.indexers];
  }

  /** Who claims or rings, and may be killed at any time; indexers, of which there are few, have a fault of their own. */
  get workers(): Supervised[] {
    return [...this.extractors, ...this.drillWorkers, ...this.olderDrillWorkers, ...this.drillEngines];
  }

  /** Where the first gateway answers. */
  get url(): string {
    return this.gateways[0]?.options.url ?? '';
  }

  get drillLog(): string {
    return join(this.folder, 'drill.jsonl');
  }

  get longLog(): string {
    return join(this.folder, 'long.jsonl');
  }

  /** Where the services keep the bytes of clips. */
  get blobs(): string {
    return join(this.folder, 'home', 'blobs');
  }

  get unexpectedEnds(): UnexpectedEnd[] {
    return this.services.flatMap(({ unexpected }) => unexpected);
  }

  /** How often each message of level `warn` and above was logged. */
  get complaints(): Record<string, number> {
    const all: Record<string, number> = {};
    for (const { complaints } of this.services) for (const [message, n] of complaints) all[message] = (all[message] ?? 0) + n;
    return all;
  }

  /** Leaves the folder where it is when everything has ended. */
  keepFolder(): void {
    this.isKept = true;
  }

  /** Ends everything and removes the folder, unless it is kept. Answers what outlived it, by command line: nothing should. */
  close(): Promise<string[]> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<string[]> {
    for (const signal of endingSignals) process.off(signal, this.endNow);
    await Promise.all(this.services.map((service) => service.end(8)));
    await this.wayToChroma?.stop();
    await Promise.all([this.redis?.stop(), this.chroma?.stop()]);
    await this.postgres.stop();
    for (const endMs = Date.now() + 5_000; Date.now() < endMs && processesOf(this.folder).length > 0; ) await sleep(50);
    const left = processesOf(this.folder);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    if (!this.isKept) await rm(this.folder, { recursive: true, force: true });
    return left.map(({ commandLine }) => commandLine);
  }

  /** Ctrl-C: nothing can be waited for, and nothing may stay. */
  private readonly endNow = () => {
    for (const service of this.services) service.endNow();
    this.postgres.killNow();
    const servers = [this.redis, this.chroma].filter((server) => server !== null);
    for (const { pid } of servers) killIfThere(pid);
    for (const folder of [this.folder, ...servers.map(({ dir }) => dir)])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.exit(1);
  };

  private async startServices(options: StackOptions): Promise<void> {
    const { gateways, extractors, drillWorkers, olderDrillWorkers = 0, drillSlots = 8, indexers = 0 } = options;
    const slots = { EARSHOT_SLOTS: `${extractorSlots}`, EARSHOT_SANDBOX_CHILDREN: '1' };
    const drill = { DRILL_LOG: this.drillLog, LONG_LOG: this.longLog, DRILL_SLOTS: `${drillSlots}` };
    await this.add(this.gateways, gateways, { name: 'gateway', entry: 'apps/gateway/dist/main.js' });
    await this.add(this.extractors, extractors, { name: 'extractor', entry: 'apps/extractor/dist/main.js', env: slots });
    const worker = { entry: 'tools/dist/chaos/drill/drill-worker.js', mayKillItself: true };
    await this.add(this.drillWorkers, drillWorkers, { ...worker, name: 'drill-worker', env: drill });
    const older = { ...drill, DRILL_AGE: 'older' };
    await this.add(this.olderDrillWorkers, olderDrillWorkers, { ...worker, name: 'older-drill-worker', env: older });
    const engines = drillWorkers === 0 ? 0 : 1;
    await this.add(this.drillEngines, engines, { name: 'drill-engine', entry: 'tools/dist/chaos/drill/drill-engine.js' });
    await this.add(this.indexers, indexers, { name: 'indexer', entry: 'apps/indexer/dist/main.js' });
  }

  private async add(place: Supervised[], count: number, { name, entry, env = {}, mayKillItself = false }: Service): Promise<void> {
    if (!existsSync(program(entry))) throw new Error(`${entry} is not built: run it by npm run chaos`);
    for (let i = 1; i <= count; i++) {
      const port = `${await freePort()}`;
      const where = { [name === 'gateway' ? 'PORT' : 'HEALTH_PORT']: port };
      place.push(
        new Supervised({
          name: `${name} ${i}`,
          entry: program(entry),
          env: { ...this.env, ...env, ...where },
          url: `http://127.0.0.1:${port}`,
          mayKillItself,
          logFile: join(this.folder, 'logs', `${name} ${i}.log`),
        }),
      );
    }
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: join(this.folder, 'tmp'),
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redis?.url,
      CHROMA_URL: this.wayToChroma?.url,
      EARSHOT_HOME: join(this.folder, 'home'),
      LOG_LEVEL: 'warn',
      DRAIN_SECONDS: '0',
    };
  }
}

function killIfThere(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  } catch {
    // a fault has killed it, or the same Ctrl-C
  }
}
