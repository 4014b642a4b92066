import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import {
  accessRule,
  accessSettings,
  ConfigError,
  type ConfigFault,
  chromaSettings,
  databaseSettings,
  homeSettings,
  listenSettings,
  logSettings,
  readConfig,
  redisSettings,
  s3Rule,
  s3Settings,
} from '@earshot/platform';
import { z } from 'zod';
import { codeOf } from '../error-code.js';
import { lockHome } from './home-lock.js';
import { rolesProcess } from './role.js';
import { SupervisedChild } from './supervised-child.js';

const schema = z
  .object({
    ...listenSettings,
    ...accessSettings,
    ...homeSettings,
    ...logSettings,
    ...redisSettings,
    ...s3Settings,
    ...chromaSettings,
    DATABASE_URL: databaseSettings.DATABASE_URL.optional(),
    EARSHOT_DEMONSTRATION: z.enum(['on', 'off'], { error: 'on or off' }).default('on'),
    roles: z.string().regex(/^[^,+\s]+([,+][^,+\s]+)*$/, 'names of roles, with `,` or `+` between them'),
    logFormat: z.enum(['text', 'json'], { error: 'text or json' }),
  })
  .check(s3Rule, accessRule);

/** As given on the command line. */
export interface UpOptions {
  port?: string;
  home?: string;
  roles: string;
  logFormat: string;
}

export interface UpSettings {
  host: string;
  port: number;
  /** Absolute. */
  home: string;
  databaseUrl: string | undefined;
  chromaUrl: string | undefined;
  /** Whether a library without samples gets those that come with Earshot. */
  hasDemonstration: boolean;
  /** The roles of each process. */
  processes: string[][];
  logFormat: 'text' | 'json';
  /** What the services get: the environment, with what was said by options. */
  env: NodeJS.ProcessEnv;
  unlockHome: () => void;
}

/** Everything that can be known to be wrong before anything is started, in one ConfigError. */
export async function readUpSettings({ port, home, roles, logFormat }: UpOptions, environment: NodeJS.ProcessEnv): Promise<UpSettings> {
  const env = { ...environment, ...(port !== undefined && { PORT: port }), ...(home !== undefined && { EARSHOT_HOME: home }) };
  const faults: ConfigFault[] = [];
  const config = collect(faults, () => readConfig(schema, { ...env, roles, logFormat }));
  // The rest is worth knowing at once too, as far as its own setting can be read.
  const listen = config ?? collect([], () => readConfig(z.object(listenSettings), env));
  if (listen !== undefined) faults.push(...(await faultsOfPort(listen.HOST, listen.PORT)));
  const { EARSHOT_HOME } = readConfig(z.object(homeSettings), env);
  const homeDir = resolve(EARSHOT_HOME);
  const homeFaults = await faultsOfHome(homeDir);
  faults.push(...homeFaults);
  if (config === undefined || faults.length > 0)
    throw new ConfigError(withoutDoubles([...faults, ...(await faultsOfRoles(processesOf(roles), env))]));
  return {
    host: config.HOST,
    port: config.PORT,
    home: homeDir,
    databaseUrl: config.DATABASE_URL,
    chromaUrl: config.CHROMA_URL,
    hasDemonstration: config.EARSHOT_DEMONSTRATION === 'on',
    processes: processesOf(config.roles),
    logFormat: config.logFormat,
    env: { ...env, EARSHOT_HOME: homeDir },
    unlockHome: await lockHome(homeDir),
  };
}

function collect<T>(faults: ConfigFault[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    faults.push(...error.faults);
    return undefined;
  }
}

function processesOf(roles: string): string[][] {
  return roles.split(',').map((process) => process.split('+').filter(Boolean));
}

/** Something is wrong already: what the services would say about their own settings belongs to the same list. */
async function faultsOfRoles(processes: string[][], env: NodeJS.ProcessEnv): Promise<ConfigFault[]> {
  const ignore = () => undefined;
  const children = processes.map((roles) => new SupervisedChild({ ...rolesProcess(roles, env), onLine: ignore, onEvent: ignore }));
  const results = await Promise.allSettled(children.map((child) => child.load()));
  for (const child of children) child.kill();
  return results.flatMap((result) => (result.status === 'rejected' && result.reason instanceof ConfigError ? result.reason.faults : []));
}

function withoutDoubles(faults: ConfigFault[]): ConfigFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.name, fault])).values()].toReversed();
}

function faultsOfPort(host: string, port: number): Promise<ConfigFault[]> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      const name = error.code === 'EADDRINUSE' || error.code === 'EACCES' ? 'PORT' : 'HOST';
      const expected =
        name === 'PORT' ? 'a port that this user may open and nobody else has (another one: --port)' : 'an address of this machine';
      const found = error.code === 'EADDRINUSE' ? `${host}:${port} is in use` : `${host}:${port} cannot be opened (${error.code})`;
      done([{ name, expected, found }]);
    });
    server.listen(port, host, () => server.close(() => done([])));
  });
}

/** Makes the folder. Others may pass through it only where root starts PostgreSQL under another account. */
async function faultsOfHome(home: string): Promise<ConfigFault[]> {
  const probe = join(home, `.writable-${process.pid}`);
  try {
    await mkdir(home, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    await writeFile(probe, '');
    await rm(probe);
    return [];
  } catch (error) {
    const why = codeOf(error) ?? error;
    return [{ name: 'EARSHOT_HOME', expected: 'a folder that can be written (another one: --home)', found: `${home} cannot be (${why})` }];
  }
}
