import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '@earshot/sandbox';
import { TrainingProcesses } from './training-processes.js';

const log = { info() {}, warn() {}, error() {} };

describe('processes of trainings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'processes-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are said to be missing from one that did not start until one does', async () => {
    const home = join(folder, 'home');
    writeFileSync(home, 'no folder'); // nothing starts over it
    const limits = { memoryMb: 500, niceness: 0, backend: 'wasm', checkpointSeconds: 30, home, onEnded: () => undefined, log } as const;
    const processes = new TrainingProcesses(limits);
    const path = join(folder, 'model');
    writeFileSync(path, 'no model');
    const model = { path, sha256: createHash('sha256').update('no model').digest('hex'), sizeBytes: 8 };
    const work = (sandbox: Sandbox) => sandbox.run('openModel', { model });
    await processes.ping();
    await expect(processes.lend(work)).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
    await expect(processes.ping()).rejects.toMatchObject({ code: 'SANDBOX_UNAVAILABLE' });
    rmSync(home);
    mkdirSync(home);
    for (let isThere = false; !isThere; await sleep(50)) {
      isThere = await processes.ping().then(
        () => true,
        () => false,
      );
    }
    await expect(processes.lend(work)).rejects.toMatchObject({ code: 'MODEL_INVALID' });
    await processes.ping();
    await processes.onModuleDestroy();
  }, 30_000);
});
