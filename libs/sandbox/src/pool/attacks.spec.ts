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
const itWhereAllIs = layerNames.every((layer) => has.has(layer) || ['account', 'landlock'].includes(layer)) ? it : it.skip;

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
  itWhereAllIs('gets nowhere', async () => expect(await waysPast([])).toEqual([]));

  itWhereAllIs.each(layerNames)('finds no way that another layer does not close where there is no layer %s', async (layer) =>
    expect(await waysPast([layer])).toEqual(closedByItAlone[layer] ?? []),
  );

  itWhereAllIs.each(layerNames)('is stopped by the layer %s, where there is no other, as SECURITY.md says', async (layer) => {
    const ways = await waysPast(layerNames.filter((other) => other !== layer));
    if (has.has(layer)) expect(attackNames.filter((name) => !ways.includes(name))).toEqual(stopped[layer]);
  });

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

/** What no second layer keeps away. */
const closedByItAlone: Partial<Record<Layer, AttackName[]>> = {
  files: ['call a Unix socket'],
  network: ['call a port of loopback'],
};

const files: AttackName[] = ['read a secret of the service', 'read a file of the machine'];
const service: AttackName[] = ['read the environment of the service', 'open the memory of the service'];

/** What each layer keeps away by itself; of a service that root has started it is more that capabilities are gone. */
const stopped: Record<Layer, AttackName[]> = {
  permissions: [...files, ...service, 'change the program', 'start a program'],
  privileges: process.getuid?.() === 0 ? service : [],
  account: ['read a secret of the service', ...service, 'signal the service', 'change the program'],
  files: [...files, ...service, 'change the program', 'call a Unix socket'],
  landlock: [...files, ...service, 'change the program'],
  processes: ['signal the service', 'start a program'],
  network: ['call a port of loopback'],
  ipc: [],
  limits: [],
};

/** A program that was started counts when it outlives its child. */
async function waysPast(without: readonly Layer[]): Promise<AttackName[]> {
  const pool = new ChildPool<AttackFunctions>({ children: 1, spare: 0, log, table: attackTable, functionsModule, without });
  const works = new Map<AttackName, boolean>();
  try {
    for (const name of attackNames) works.set(name, await pool.run('attack', { name, target }));
  } finally {
    await pool.close();
  }
  const left = processesWith(target.mark);
  for (const pid of left) process.kill(pid, 'SIGKILL');
  return attackNames.filter((name) => (name === 'start a program' ? left.length > 0 : works.get(name)));
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
