import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { endedChildrenProcessorMs, ownProcessorMs, ownRssMb, treeProcessorMs, treePssMb } from './process-tree.js';

const busy = 'const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);';

describe('the figures of a process tree', () => {
  it('count the processor time of a process to its tree, and not to its parent alone', async () => {
    const [ownMs, treeMs] = [ownProcessorMs(process.pid), treeProcessorMs(process.pid)];
    const child = spawn(process.execPath, ['-e', `${busy} console.log('done'); setTimeout(() => {}, 60_000)`]);
    await once(child.stdout, 'data');
    const grownMs = treeProcessorMs(process.pid) - treeMs;
    expect(ownProcessorMs(child.pid ?? 0)).toBeGreaterThanOrEqual(290);
    expect(grownMs - (ownProcessorMs(process.pid) - ownMs)).toBeGreaterThanOrEqual(290);
    child.kill();
    await once(child, 'exit');
  });

  it('keep the time of children that have ended', () => {
    const beforeMs = endedChildrenProcessorMs();
    execFileSync(process.execPath, ['-e', busy]);
    expect(endedChildrenProcessorMs() - beforeMs).toBeGreaterThanOrEqual(290);
  });

  it('tell memory in MB, and nothing of a process that is gone', () => {
    expect(ownRssMb(process.pid)).toBeCloseTo(process.memoryUsage.rss() / 2 ** 20, -2);
    expect(treePssMb(process.pid)).toBeGreaterThan(20);
    expect([ownRssMb(2 ** 30), treeProcessorMs(2 ** 30)]).toEqual([0, 0]);
  });
});
