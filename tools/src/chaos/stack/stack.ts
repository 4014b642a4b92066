import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@earshot/embedded';
import { TestRedis } from '@earshot/queue/testing';
import { PostgresServer } from './postgres-server.js';
import { processesOf } from './processes.js';
import { Supervised, type UnexpectedEnd } from './supervised.js';

export type DoorbellName = 'redis' | 'notify';

export interface StackOptions {
  doorbell: DoorbellName;
  gateways: number;
  extractors: number;
  drillWorkers: number;
  /** Of each drill worker; 8 by default. */
  drillPlaces?: number;
}

/** Of each extractor: few enough that a kill every 2 s throws away little of what is being done. */
const extractorPlaces = 8;

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const program = (path: string) => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));

/** Everything that Earshot is, as processes of its own over a database and a Redis of its own, in one temporary folder. */
export class Stack {
  readonly gateways: Supervised[] = [];
  readonly extractors: Supervised[] = [];
  readonly drillWorkers: Supervised[] = [];
  readonly drillEngines: Supervised[] = [];
  /** Null where NOTIFY is the doorbell. */
  redis: TestRedis | null = null;
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
    return [...this.gateways, ...this.extractors, ...this.drillWorkers, ...this.drillEngines];
  }

  /** Whoever claims or rings, and may be killed at any time. */
  get workers(): Supervised[] {
    return [...this.extractors, ...this.drillWorkers, ...this.drillEngines];
  }

  /** Where the first gateway answers. */
  get url(): string {
    return this.gateways[0]?.options.url ?? '';
  }

  get drillLog(): string {
    return join(this.folder, 'drill.jsonl');
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
    await this.redis?.stop();
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
    if (this.redis?.pid !== undefined) process.kill(this.redis.pid, 'SIGKILL');
    for (const folder of [this.folder, ...(this.redis === null ? [] : [this.redis.dir])])
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    process.exit(1);
  };

  private async startServices({ gateways, extractors, drillWorkers, drillPlaces = 8 }: StackOptions): Promise<void> {
    const add = async (place: Supervised[], count: number, entry: string, port: 'PORT' | 'HEALTH_PORT', env: NodeJS.ProcessEnv) => {
      const name = entry.replace(/^apps\/|^tools\/dist\/chaos\/drill\/|(\/dist\/main)?\.js$/g, '');
      if (!existsSync(program(entry))) throw new Error(`${entry} is not built: run it by npm run chaos`);
      for (let i = 1; i <= count; i++) {
        const own = await freePort();
        const logFile = join(this.folder, 'logs', `${name} ${i}.log`);
        const options = { name: `${name} ${i}`, entry: program(entry), url: `http://127.0.0.1:${own}`, logFile };
        place.push(new Supervised({ ...options, env: { ...this.env, ...env, [port]: `${own}` }, mayKillItself: name === 'drill-worker' }));
      }
    };
    await add(this.gateways, gateways, 'apps/gateway/dist/main.js', 'PORT', {});
    const places = { EARSHOT_PLACES: `${extractorPlaces}`, EARSHOT_SANDBOX_CHILDREN: '1' };
    await add(this.extractors, extractors, 'apps/extractor/dist/main.js', 'HEALTH_PORT', places);
    const drill = { DRILL_LOG: this.drillLog, DRILL_PLACES: `${drillPlaces}` };
    await add(this.drillWorkers, drillWorkers, 'tools/dist/chaos/drill/drill-worker.js', 'HEALTH_PORT', drill);
    await add(this.drillEngines, drillWorkers === 0 ? 0 : 1, 'tools/dist/chaos/drill/drill-engine.js', 'HEALTH_PORT', {});
  }

  private get env(): NodeJS.ProcessEnv {
    return {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      TMPDIR: join(this.folder, 'tmp'),
      DATABASE_URL: this.postgres.url,
      REDIS_URL: this.redis?.url,
      EARSHOT_HOME: join(this.folder, 'home'),
      LOG_LEVEL: 'warn',
      DRAIN_SECONDS: '0',
    };
  }
}
