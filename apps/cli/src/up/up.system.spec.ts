// The real command, built, with a tiny service in place of Earshot's own, and the real PostgreSQL.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, main, pidsOf, spawnUp, type Up, until } from '../testing/spawn-up.js';

/** Answers its database's address, crashes when asked, and has a child of its own, like a service with a sandbox. */
const serviceText = `
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
export async function start(env) {
  if (process.env.FAIL_TO_START) throw new Error('no kernel for this machine');
  const child = spawn('sleep', ['600']);
  const server = createServer((request, response) => {
    if (request.url === '/crash') process.exit(3);
    response.end(JSON.stringify({ pid: process.pid, database: env.DATABASE_URL }));
  });
  await new Promise((resolve) => server.listen(Number(env.PORT), '127.0.0.1', resolve));
  return { url: 'http://127.0.0.1:' + env.PORT, async close() { server.close(); server.closeAllConnections(); child.kill(); } };
}`;

let folder: string;
let home: string;
let service: string;
const started: Up[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'earshot-up-'));
  await chmod(folder, 0o755);
  home = join(folder, 'home');
  service = join(folder, 'gateway.mjs');
  await writeFile(service, serviceText);
  await writeFile(join(folder, 'idle.mjs'), 'export const start = async () => ({ close: async () => {} });');
});

afterEach(async () => {
  for (const { child, processes } of started.splice(0)) {
    child.kill('SIGKILL');
    for (const pid of processes()) kill(pid);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function up(args: string[] = [], env: Record<string, string> = {}): Promise<Up> {
  const running = await spawnUp({ home, args: ['--roles', service, ...args], env });
  started.push(running);
  return running;
}

async function ready(args: string[] = [], env: Record<string, string> = {}): Promise<Up> {
  const running = await up(args, env);
  await running.ready();
  return running;
}

const ask = async ({ url }: Up): Promise<{ pid: number; database: string }> => (await fetch(url)).json();

describe('earshot up', () => {
  it('starts PostgreSQL, migrates it, starts the service, prints one line, and on Ctrl-C leaves no process', async () => {
    const running = await ready();
    expect(running.stdout()).toBe(`Earshot is ready: ${running.url}\n`);
    const { database } = await ask(running);
    expect(await exitCodeOf(['migrate', '--check'], { DATABASE_URL: database })).toBe(0);
    // The supervisor, the keeper, PostgreSQL with its workers, the service and its child.
    expect(running.processes().length).toBeGreaterThan(5);

    const startMs = performance.now();
    process.kill(-(running.child.pid ?? 0), 'SIGINT');
    expect(await running.ended).toBe(0);
    expect(performance.now() - startMs).toBeLessThan(25_000);
    expect(running.processes()).toEqual([]);
  }, 60_000);

  it('has no process that listens for a debugger when it is told to', async () => {
    const running = await ready();
    const ofNode = running.processes().filter((pid) => readlinkSync(`/proc/${pid}/exe`) === realpathSync(process.execPath));
    expect(ofNode.length).toBeGreaterThan(2); // the supervisor, the keeper, the service
    for (const pid of ofNode) process.kill(pid, 'SIGUSR1');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(running.stderr()).not.toMatch(/debugger|inspector/i);
    expect(await ask(running)).toMatchObject({ pid: expect.any(Number) });
  }, 60_000);

  it('that was killed takes everything with it within 10 s, and starts again on what it left', async () => {
    const killed = await ready();
    killed.child.kill('SIGKILL');
    await until(
      () => killed.processes().length === 0,
      10,
      () => `left: ${killed.processes()}`,
    );
    expect(existsSync(join(home, 'up.lock'))).toBe(true);
    const next = await ready();
    expect((await ask(next)).database).toMatch(/^postgresql:/);
  }, 60_000);

  it('ends a PostgreSQL that was left running when even its keeper was killed', async () => {
    const killed = await ready();
    const postgres = pidsOf((text) => text.includes(`${home}/postgres`));
    expect(postgres.length).toBeGreaterThan(1);
    for (const pid of killed.processes()) if (!postgres.includes(pid)) kill(pid);
    await killed.ended;
    expect(pidsOf((text) => text.includes(`${home}/postgres`)).length).toBeGreaterThan(0);
    const next = await ready();
    expect(next.processes().filter((pid) => postgres.includes(pid))).toEqual([]);
  }, 60_000);

  it('starts a service again that crashed, with what its crash left behind ended', async () => {
    const running = await ready();
    const first = await ask(running);
    const before = running.processes().length;
    await fetch(`${running.url}/crash`).catch(() => undefined);
    await until(async () => (await ask(running).catch(() => first)).pid !== first.pid, 10, running.stderr);
    expect(running.stderr()).toMatch(/gateway ended \(exit code 3\), starting it again in 0.5 s/);
    expect(running.processes().length).toBe(before);
  }, 60_000);

  it('starts PostgreSQL again at the same address when it was killed', async () => {
    const running = await ready();
    const { database } = await ask(running);
    kill(Number(readFileSync(join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]));
    await until(() => running.stderr().includes('postgres ended'), 10, running.stderr);
    expect(await exitCodeOf(['migrate', '--check', '--wait'], { DATABASE_URL: database })).toBe(0);
  }, 60_000);

  it('runs several roles in processes of their own, or in one', async () => {
    const idle = join(folder, 'idle.mjs');
    const apart = await ready(['--roles', `${service},${idle}`]);
    const count = apart.processes().length;
    apart.child.kill('SIGTERM');
    await apart.ended;
    const together = await ready(['--roles', `${service}+${idle}`]);
    expect(together.processes().length).toBe(count - 1);
  }, 60_000);

  it('gives up with what the service said when it cannot be started', async () => {
    const failing = await up([], { FAIL_TO_START: '1' });
    expect(await failing.ended).toBe(1);
    expect(failing.stderr()).toMatch(/gateway could not be started in 5 attempts: no kernel for this machine/);
    expect([failing.processes(), failing.stdout()]).toEqual([[], '']);
  }, 60_000);

  it('ends in order when it is told to while it starts', async () => {
    const early = await up();
    await until(() => early.stderr().includes('starting PostgreSQL'), 10, early.stderr);
    early.child.kill('SIGTERM');
    expect(await early.ended).toBe(0);
    expect(early.processes()).toEqual([]);
  }, 60_000);
});

describe('earshot up with wrong settings', () => {
  const nowhere = '/dev/null/home';

  it('says all that is wrong at once, ends with 78 and has started nothing', async () => {
    const port = await listening();
    const args = ['--home', nowhere, '--port', String(port.number), '--log-format', 'xml'];
    const wrong = await up(args, { LOG_LEVEL: 'loud', S3_BUCKET: 'clips', S3_ACCESS_KEY_ID: 'a', REDIS_URL: 'localhost' });
    expect(await wrong.ended).toBe(78);
    port.close();
    for (const name of ['LOG_LEVEL', 'S3_SECRET_ACCESS_KEY', 'REDIS_URL', 'PORT', 'EARSHOT_HOME', 'logFormat']) {
      expect(wrong.stderr()).toMatch(new RegExp(`^  ${name}: expected `, 'm'));
    }
    expect([wrong.stdout(), wrong.processes()]).toEqual(['', []]);
  }, 30_000);

  it('refuses a port that is in use, and says so', async () => {
    const port = await listening();
    const wrong = await up(['--home', join(folder, 'other'), '--port', String(port.number)]);
    expect(await wrong.ended).toBe(78);
    port.close();
    expect(wrong.stderr()).toContain(`127.0.0.1:${port.number} is in use`);
    expect(readdirSync(join(folder, 'other'))).toEqual([]);
  }, 30_000);

  it('refuses an address that others can reach until access is chosen', async () => {
    const wrong = await up([], { HOST: '0.0.0.0' });
    expect(await wrong.ended).toBe(78);
    expect(wrong.stderr()).toMatch(/EARSHOT_ACCESS: expected keys/);
  }, 30_000);

  it('refuses a home that another one uses, which goes on', async () => {
    const first = await ready();
    const second = await up();
    expect(await second.ended).toBe(78);
    expect(second.stderr()).toContain(`process ${first.child.pid} is running there`);
    expect((await ask(first)).pid).toBeGreaterThan(0);
  }, 60_000);
});

async function exitCodeOf(args: string[], env: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, [main, ...args], { env: { PATH: process.env['PATH'], ...env }, stdio: 'ignore' });
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

function listening(): Promise<{ number: number; close: () => void }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve({ number: address.port, close: () => server.close() });
    });
  });
}
