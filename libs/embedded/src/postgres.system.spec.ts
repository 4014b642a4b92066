import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { type RunningPostgres, startPostgres } from './postgres.js';

const password = 'a password: with/odd@characters';
let home: string;
let running: RunningPostgres | undefined;

const start = async (dir = join(home, 'postgres')) => {
  running = await startPostgres({ dir, port: await freePort(), password, settings: { fsync: 'off' } });
  return running;
};

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'earshot-embedded-'));
  await chmod(home, 0o755);
});

afterEach(async () => {
  await running?.stop();
  await rm(home, { recursive: true, force: true });
});

describe('the embedded PostgreSQL', () => {
  it('makes its data once, takes connections, and leaves neither process nor lock when it stops', async () => {
    const first = await start();
    expect(await accepts(first.url)).toBe(true);
    await first.stop();
    expect([isAlive(first.pid), await accepts(first.url)]).toEqual([false, false]);
    const startMs = performance.now();
    const second = await start();
    expect(performance.now() - startMs).toBeLessThan(5000);
    expect(await accepts(second.url)).toBe(true);
  }, 30_000);

  it('ends the server that a killed starter left running on the same data', async () => {
    const orphan = await start();
    const next = await start();
    await orphan.exited;
    expect([isAlive(orphan.pid), isAlive(next.pid)]).toEqual([false, true]);
  }, 30_000);

  it('starts over the lock of a server that was killed, even when its number belongs to somebody else now', async () => {
    const killed = await start();
    const lock = join(home, 'postgres/data/postmaster.pid');
    const text = await readFile(lock, 'utf8');
    await killed.stop();
    const bystander = spawn('sleep', ['60']);
    try {
      await writeFile(lock, text.replace(/^\d+/, String(bystander.pid)));
      await start();
      expect(bystander.exitCode).toBe(null);
      expect(isAlive(bystander.pid ?? 0)).toBe(true);
    } finally {
      bystander.kill();
    }
  }, 30_000);

  it('makes its data anew when the first start was killed while making it', async () => {
    await mkdir(join(home, 'postgres/data.part/base'), { recursive: true });
    await writeFile(join(home, 'postgres/data.part/PG_VERSION'), '18\n');
    const { url } = await start();
    expect(await accepts(url)).toBe(true);
  }, 30_000);

  it('names the versions when its data was made by another PostgreSQL, and leaves the data alone', async () => {
    const { stop } = await start();
    await stop();
    const version = join(home, 'postgres/data/PG_VERSION');
    const own = (await readFile(version, 'utf8')).trim();
    await writeFile(version, '15\n');
    await expect(start()).rejects.toThrow(`postgres/data was made by PostgreSQL 15, and this version of Earshot brings PostgreSQL ${own}`);
    await rm(version);
    await expect(start()).rejects.toThrow('holds no PostgreSQL data');
    await writeFile(version, `${own}\n`);
    expect(await accepts((await start()).url)).toBe(true);
  }, 30_000);

  it('says in its own words why it could not start', async () => {
    await expect(
      startPostgres({ dir: join(home, 'postgres'), port: await freePort(), password, settings: { shared_buffers: 'plenty' } }),
    ).rejects.toThrow(/PostgreSQL did not start:[\s\S]*shared_buffers/);
  }, 30_000);

  const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
  itAsRoot(
    'keeps its data where its account can reach it, when the home is closed to it',
    async () => {
      await chmod(home, 0o700);
      const { url } = await start();
      const place = await readlink(join(home, 'postgres'));
      try {
        expect(place).toMatch(/^\/var\/lib\/earshot\/data\//);
        expect(await accepts(url)).toBe(true);
        await running?.stop();
        await start();
        expect(await readlink(join(home, 'postgres'))).toBe(place);
      } finally {
        await running?.stop();
        await rm(place, { recursive: true, force: true });
      }
    },
    30_000,
  );
});

function accepts(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(() => resolve(true)));
    socket.once('error', () => resolve(false));
  });
}

function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' }).startsWith('Z');
  } catch {
    return false;
  }
}
