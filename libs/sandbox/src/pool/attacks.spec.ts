import { chmodSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { confinementOfHost } from '../confinement/host.js';
import { type Layer, layerNames } from '../confinement/layers.js';
import { type AttackFunctions, type AttackName, attackNames, attackTable, lieNames, type Target } from '../testing/attack-table.js';
import { buildSandbox } from '../testing/build-sandbox.js';
import { processesWith } from '../testing/is-running.js';
import { ScratchFolder } from '../testing/scratch-folder.js';
import { ChildPool } from './child-pool.js';

jest.setTimeout(60_000); // processes start slowly on a busy machine

const log = { info() {}, warn() {}, error() {} };
const functionsModule = new URL('../../dist/testing/attack-functions.js', import.meta.url);
const scratch = new ScratchFolder();
const servers: Server[] = [];
let target: Target;

const { has } = confinementOfHost();
const itWhereAllIs = layerNames.every((layer) => has.has(layer) || layer === 'account') ? it : it.skip;

beforeAll(async () => {
  buildSandbox();
  const secretFile = scratch.write('secret', 'the key').path;
  chmodSync(secretFile, 0o600);
  const unixSocket = join(scratch.path, 'socket');
  target = {
    servicePid: process.pid,
    secretFile,
    publicFile: '/etc/passwd',
    programFile: fileURLToPath(new URL('../../dist/index.js', import.meta.url)),
    loopbackPort: await listening(0),
    unixSocket,
    mark: `left-by-${process.pid}`,
  };
  await listening(unixSocket);
  chmodSync(unixSocket, 0o666);
  chmodSync(scratch.path, 0o755);
}, 120_000);

afterAll(() => {
  for (const server of servers) server.close();
  scratch.remove();
});

describe('whoever takes over a child', () => {
  itWhereAllIs.each(attackNames)('cannot %s', async (name) => expect(await worksWithout([], name)).toBe(false));

  itWhereAllIs.each(layerNames)('finds no way that another layer does not close where there is no layer %s', async (layer) =>
    expect(await allThatWorkWithout([layer])).toEqual(waysWithout[layer] ?? []),
  );

  it.each(lieNames)('is not believed %s, and is ended', async (name) => {
    const ended: string[] = [];
    const pool = new ChildPool<AttackFunctions>({
      children: 1,
      log,
      table: attackTable,
      functionsModule,
      without: ['permissions'],
      onEnded: (reason) => ended.push(reason),
    });
    try {
      const began = performance.now();
      await expect(pool.run('lie', { name, target })).rejects.toMatchObject({ code: 'INTERNAL' });
      expect(performance.now() - began).toBeLessThan(3_500); // and not by its time limit
      expect(ended).toEqual(['lie']);
      expect(await pool.run('behave', null)).toBe(true);
    } finally {
      await pool.close();
    }
  });
});

/** What one layer alone keeps away. */
const waysWithout: Partial<Record<Layer, AttackName[]>> = {
  files: ['call a Unix socket'],
  network: ['call a port of loopback'],
};

async function allThatWorkWithout(layers: Layer[]): Promise<AttackName[]> {
  const works: AttackName[] = [];
  for (const name of attackNames) if (await worksWithout(layers, name)) works.push(name);
  return works;
}

/** A program that was started counts once it outlives its pool. */
async function worksWithout(without: Layer[], name: AttackName): Promise<boolean> {
  const pool = new ChildPool<AttackFunctions>({ children: 1, spare: 0, log, table: attackTable, functionsModule, without });
  let works: boolean;
  try {
    works = await pool.run('attack', { name, target });
  } finally {
    await pool.close();
  }
  const left = processesWith(target.mark);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return name === 'start a program' ? left.length > 0 : works;
}

function listening(at: number | string): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  return new Promise((resolve) =>
    server.listen(typeof at === 'number' ? { port: at, host: '127.0.0.1' } : { path: at }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
}
