import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildSandbox } from '../testing/build-sandbox.js';
import { isRunning, leaderOf } from '../testing/is-running.js';

beforeAll(buildSandbox, 120_000);

describe('a child whose parent is killed', () => {
  it('ends within a second, even in a busy loop, and leaves nothing behind', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('../../dist/testing/doomed-parent.js', import.meta.url))]);
    const [text] = await once(parent.stdout, 'data');
    const folder = String(text).trim();
    const childPid = leaderOf(folder, parent.pid);
    await setTimeout(100);
    expect(isRunning(childPid)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const deadline = performance.now() + 1000;
    while (isRunning(childPid) && performance.now() < deadline) await setTimeout(20);
    expect(isRunning(childPid)).toBe(false);
    expect(existsSync(dirname(folder))).toBe(false);
  });
});
