import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildSandbox } from '../testing/build-sandbox.js';
import { isRunning } from '../testing/is-running.js';

beforeAll(buildSandbox, 120_000);

describe('the watchdog of a child', () => {
  it('ends the child within a second of its parent, even in a busy loop', async () => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL('../../dist/testing/doomed-parent.js', import.meta.url))]);
    const [text] = await once(parent.stdout, 'data');
    const childPid = Number(text);
    await setTimeout(100);
    expect(isRunning(childPid)).toBe(true);
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const deadline = performance.now() + 1000;
    while (isRunning(childPid) && performance.now() < deadline) await setTimeout(20);
    expect(isRunning(childPid)).toBe(false);
  });
});
