import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, serverAccount } from './account.js';
import { dataDir, findPrograms } from './places.js';
import { endPostgres, readPostmaster, stopStalePostgres } from './stale-postgres.js';
import { watchServer } from './watch-server.js';

export interface PostgresOptions {
  /** The data: made at the first start. Its parent folder is made too. */
  dir: string;
  port: number;
  /** Of the user `earshot`. It is set when the data is made, and must be the same ever after. */
  password: string;
  /** Further settings, by their names in postgresql.conf. */
  settings?: Record<string, string>;
  /** Further environment of the server. */
  env?: NodeJS.ProcessEnv;
  /** Gives it a process group of its own, so that Ctrl-C in the terminal does not stop it. Default false. */
  isDetached?: boolean;
  /** Each line that PostgreSQL logs. Default: nobody reads them. */
  onLine?: (line: string) => void;
}

export interface RunningPostgres {
  /** Of the database `postgres`. */
  url: string;
  pid: number;
  /** Settles when the server is gone, asked or not. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Durable, quiet, and small enough for a laptop. */
const defaultSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a socket's path may have 107 bytes at most, a home may be longer
  shared_buffers: '128MB',
  max_connections: '100',
  jit: 'off', // costs more than it saves on statements of a few milliseconds
  log_min_messages: 'warning',
};

/** Starts PostgreSQL on a loopback port, after ending one that was left running on the same data. */
export async function startPostgres({
  dir,
  port,
  password,
  settings = {},
  env = {},
  isDetached = false,
  onLine = () => undefined,
}: PostgresOptions): Promise<RunningPostgres> {
  const account = serverAccount();
  const [place, programs] = await Promise.all([dataDir(dir, account), findPrograms(account)]);
  const data = join(place, 'data');
  await stopStalePostgres(data);
  if (await stat(data).catch(() => null)) await refuseOtherVersion(data, programs.majorVersion);
  else await initialise(data, join(programs.dir, 'initdb'), password, account);

  const flags = Object.entries({ ...defaultSettings, ...settings, port: String(port) }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(join(programs.dir, 'postgres'), ['-D', data, ...flags], {
    ...account,
    detached: isDetached,
    cwd: place,
    env: { LC_ALL: 'C', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const { lastLines, exited } = watchServer(server, onLine);
  await untilReady(data, server.pid, exited, lastLines);
  const pid = server.pid ?? 0;
  return {
    url: `postgresql://earshot:${encodeURIComponent(password)}@127.0.0.1:${port}/postgres`,
    pid,
    exited,
    async stop() {
      await endPostgres(pid);
      await exited;
    },
  };
}

/** Said before PostgreSQL would say it, for it tells neither which data nor the way out. */
async function refuseOtherVersion(data: string, majorVersion: string): Promise<void> {
  const file = join(data, 'PG_VERSION');
  const dataVersion = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (dataVersion === majorVersion) return;
  if (dataVersion === '')
    throw new Error(`${data} holds no PostgreSQL data, for it has no PG_VERSION: move it away, or restore it from a backup`);
  throw new Error(
    `${data} was made by PostgreSQL ${dataVersion}, and this version of Earshot brings PostgreSQL ${majorVersion}, which cannot read it. ` +
      `Start the version of Earshot that made it, dump its database (pg_dump), move the folder away, start this version and restore the dump`,
  );
}

/** Watches the file in which PostgreSQL tells its state, as pg_ctl does: log lines depend on levels and languages. */
async function untilReady(dir: string, pid: number | undefined, exited: Promise<void>, lastLines: string[]): Promise<void> {
  let isGone = false;
  void exited.then(() => (isGone = true));
  for (const endMs = Date.now() + 60_000; Date.now() < endMs; await sleep(20)) {
    const postmaster = await readPostmaster(dir);
    if (postmaster?.isReady && postmaster.pid === pid) return;
    if (isGone) break;
  }
  if (!isGone && pid !== undefined) await endPostgres(pid);
  throw new Error(`PostgreSQL did not start:\n${lastLines.join('\n')}`);
}

/** Made under another name and then renamed: data that is half made, because somebody was killed, is never taken for whole. */
async function initialise(data: string, initdb: string, password: string, account: Account): Promise<void> {
  const part = `${data}.part`;
  await rm(part, { recursive: true, force: true });
  const secretDir = await mkdtemp(join(tmpdir(), 'earshot-initdb-'));
  const passwordFile = join(secretDir, 'password');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account.uid !== undefined) for (const path of [secretDir, passwordFile]) await chown(path, account.uid, account.gid);
    const args = [
      '--pgdata',
      part,
      '--username=earshot',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ];
    args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    await promisify(execFile)(initdb, args, { ...account, cwd: dirname(data), env: { LC_ALL: 'C' } });
    await rename(part, data);
  } finally {
    await rm(secretDir, { recursive: true, force: true });
  }
}
