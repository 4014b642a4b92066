import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningChroma, startChroma } from './chroma.js';
import { commandLineOf } from './command-line.js';
import { freePort } from './free-port.js';

let home: string;
let running: RunningChroma | undefined;
let lines: string[];

const start = async () => {
  running = await startChroma({ dir: home, port: await freePort(), onLine: (line) => lines.push(line) });
  return running;
};

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'earshot-chroma-'));
  lines = [];
});

afterEach(async () => {
  await running?.stop();
  await rm(home, { recursive: true, force: true });
});

describe('the embedded Chroma', () => {
  it('keeps what it was given, and leaves no process when it stops', async () => {
    const first = await start();
    await post(`${first.url}/${collections}`, { name: 'tones' });
    await first.stop();
    expect(commandLineOf(first.pid)).toBeNull();
    const second = await start();
    expect(await namesAt(second.url)).toEqual(['tones']);
  });

  it('ends the server that a killed starter left running on the same data', async () => {
    const orphan = await start();
    const next = await start();
    await orphan.exited;
    expect([commandLineOf(orphan.pid), commandLineOf(next.pid) === null]).toEqual([null, false]);
  });

  it('ends nobody whose number stands in what a killed one left behind', async () => {
    const bystander = spawn('sleep', ['60']);
    try {
      await writeFile(join(home, 'pid'), String(bystander.pid));
      await start();
      expect(commandLineOf(bystander.pid ?? 0)).toBe('sleep 60');
    } finally {
      bystander.kill();
    }
  });

  it('starts anew on data that it cannot read', async () => {
    const { url, version, stop } = await start();
    await post(`${url}/${collections}`, { name: 'tones' });
    await stop();
    await writeFile(join(home, version, 'chroma.sqlite3'), 'not a database');
    expect(await namesAt((await start()).url)).toEqual([]);
    expect(lines.join('\n')).toContain('Chroma is started on new data');
  }, 60_000);

  it('forgets the data of other versions', async () => {
    await mkdir(join(home, '0.9.9'));
    const { version } = await start();
    expect((await readdir(home)).sort()).toEqual([version, 'pid']);
  });
});

const collections = 'api/v2/tenants/default_tenant/databases/default_database/collections';

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  expect(answer.status).toBe(200);
}

async function namesAt(url: string): Promise<string[]> {
  const found: { name: string }[] = JSON.parse(await (await fetch(`${url}/${collections}`)).text());
  return found.map(({ name }) => name);
}
