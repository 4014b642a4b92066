import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { findChroma, freePort } from '@earshot/embedded';
import { createLog, type Log, onShutdown, type ShutdownStep } from '@earshot/platform';
import { exitCodes } from '../exit-codes.js';
import { hasColors, printData, say } from '../terminal.js';
import { Demonstration } from './demonstration.js';
import { prettyLine } from './log-lines.js';
import { type DatabaseUrls, runMigrations } from './migrations.js';
import { postgresPassword } from './password.js';
import { roleName, rolesProcess } from './role.js';
import { readUpSettings, type UpOptions, type UpSettings } from './settings.js';
import { SupervisedChild } from './supervised-child.js';
import { untilReady } from './until-ready.js';

/** For how long a start may take before it is called failed; a first start on a slow disk needs some of it. */
const readyLimitSeconds = 120;

/** Runs the stack until it is told to end. Returns the exit code when it could not be started; else the process ends by itself. */
export async function up(options: UpOptions, { env, isColored }: { env: NodeJS.ProcessEnv; isColored: boolean }): Promise<number> {
  const settings = await readUpSettings(options, env);
  const onLine = lineWriter(settings, isColored && hasColors(env, []));
  const log = createLog({ service: 'earshot', destination: { write: (line) => onLine('earshot', line.trimEnd()) } });
  const stack = new Stack(settings, onLine, log);
  const { home, env: ofServices, hasDemonstration } = settings;
  const demonstration = new Demonstration({ home, env: ofServices, isWanted: hasDemonstration }, log);
  let isEnding = false;
  const begin = onShutdown({
    log,
    steps: [
      { name: 'begin', run: () => (isEnding = true) },
      { name: 'demonstration', run: () => demonstration.stop() },
      ...stack.shutdownSteps(),
    ],
  });
  try {
    const startMs = performance.now();
    const url = await stack.start();
    log.info(`ready after ${((performance.now() - startMs) / 1000).toFixed(1)} s; Ctrl-C ends it`);
    printData(`Earshot is ready: ${url}`);
    void demonstration.add(url);
    return exitCodes.ok;
  } catch (error) {
    if (isEnding) await begin('interrupted');
    await stack.stop();
    throw error;
  }
}

/** PostgreSQL, Chroma and the services, in the order they need each other. */
class Stack {
  private readonly services: SupervisedChild[];
  private readonly postgres: SupervisedChild | null;
  private readonly chroma: SupervisedChild | null;

  constructor(
    private readonly settings: UpSettings,
    onLine: (name: string, line: string) => void,
    private readonly log: Log,
  ) {
    const onEvent = (text: string) => log.warn(text);
    // Readiness needs no drain here: nobody balances between several of us. Workers answer their probes on any free port.
    const env = { ...settings.env, DRAIN_SECONDS: '0', HEALTH_HOST: '127.0.0.1', HEALTH_PORT: '0' };
    this.services = settings.processes.map((roles) => new SupervisedChild({ ...rolesProcess(roles, env), onLine, onEvent }));
    const keeperOf = (name: string) =>
      new SupervisedChild({
        name,
        entry: fileURLToPath(new URL(`./${name}-keeper.js`, import.meta.url)),
        env: environmentWithoutSecrets(settings.env),
        onLine,
        onEvent,
      });
    this.postgres = settings.databaseUrl === undefined ? keeperOf('postgres') : null;
    this.chroma = settings.chromaUrl === undefined && findChroma() !== null ? keeperOf('chroma') : null;
  }

  async start(): Promise<string> {
    await Promise.all(this.services.map((service) => service.load()));
    const [urls, chroma] = await Promise.all([this.givenDatabase() ?? this.startPostgres(), this.startChroma()]);
    this.log.info('bringing the database up to date');
    const applied = await runMigrations(urls, this.settings.env);
    if (applied.length > 0) this.log.info(`applied ${applied.length} migrations`);
    const databaseUrl = urls.servicesUrl ?? urls.ownerUrl;
    await Promise.all(this.services.map((service) => service.start({ DATABASE_URL: databaseUrl, ...chroma })));
    await untilReady(() => Object.assign({}, ...this.services.map(({ urls }) => urls)), readyLimitSeconds);
    return this.publicUrl();
  }

  /** Services first: they hand back their work, for which they need the database. */
  shutdownSteps(): ShutdownStep[] {
    return [
      { name: 'services', limitSeconds: 18, run: () => Promise.all(this.services.map((service) => service.stop(17))) },
      { name: 'postgres', limitSeconds: 6, run: () => Promise.all([this.postgres?.stop(5), this.chroma?.stop(5)]) },
      { name: 'lock', run: () => this.settings.unlockHome() },
    ];
  }

  async stop(): Promise<void> {
    for (const { run } of this.shutdownSteps()) await run();
  }

  private givenDatabase(): DatabaseUrls | null {
    const { databaseUrl } = this.settings;
    return databaseUrl === undefined ? null : { ownerUrl: databaseUrl, servicesUrl: null };
  }

  private async startPostgres(): Promise<DatabaseUrls> {
    if (this.postgres === null) throw new Error('PostgreSQL is given by DATABASE_URL');
    this.log.info('starting PostgreSQL (the first start makes its data, which takes some seconds)');
    const [port, password] = await Promise.all([freePort(), postgresPassword(this.settings.home)]);
    const dir = `${this.settings.home}/postgres`;
    await this.postgres.start({ POSTGRES_DIR: dir, POSTGRES_PORT: String(port), POSTGRES_PASSWORD: password });
    const urlOf = (user: string, secret: string) => `postgresql://${user}:${secret}@127.0.0.1:${port}/postgres`;
    // The services' password is another with each start, and nowhere but in their memory.
    return { ownerUrl: urlOf('earshot', password), servicesUrl: urlOf('earshot_services', randomBytes(24).toString('hex')) };
  }

  /** What services are told of it; nothing where there is none, for without it they do everything but search. */
  private async startChroma(): Promise<{ CHROMA_URL?: string }> {
    if (this.settings.chromaUrl !== undefined) return {};
    if (this.chroma === null) {
      this.log.warn('there is no Chroma for this machine: the library cannot be searched (docs/library.md)');
      return {};
    }
    const port = await freePort();
    try {
      await this.chroma.start({ CHROMA_DIR: `${this.settings.home}/chroma`, CHROMA_PORT: String(port) });
      return { CHROMA_URL: `http://127.0.0.1:${port}` };
    } catch (error) {
      this.chroma.kill();
      this.log.warn(`Chroma does not start, so the library cannot be searched: ${error instanceof Error ? error.message : error}`);
      return {};
    }
  }

  /** What a person opens. The gateway knows its port when any free one was asked for. */
  private publicUrl(): string {
    const { host, port } = this.settings;
    const gateway = this.services.map(({ urls }) => urls['gateway']).find((url) => url !== undefined);
    const boundPort = gateway === undefined ? port : new URL(gateway).port;
    return `http://${host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${boundPort}`;
  }
}

/** What PostgreSQL and Chroma need not know, in a form in which it can be read from outside; they are told what concerns them by message. */
function environmentWithoutSecrets(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/_(KEY|KEY_ID|PASSWORD|SECRET|TOKEN|URL)$/.test(name)));
}

function lineWriter({ logFormat, processes }: UpSettings, isColored: boolean): (name: string, line: string) => void {
  if (logFormat === 'json') return (name, line) => say(line.startsWith('{') ? line : JSON.stringify({ service: name, msg: line }));
  const nameWidth = Math.max('postgres'.length, ...processes.flat().map((role) => roleName(role).length));
  return (name, line) => say(prettyLine(name, line, { isColored, nameWidth }));
}
