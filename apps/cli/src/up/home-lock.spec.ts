import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf } from '@earshot/embedded';
import { lockHome } from './home-lock.js';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'earshot-lock-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const leave = (pid: number, commandLine: string) => writeFile(join(home, 'up.lock'), `${pid}\n${commandLine}\n`);

describe('the lock on a home', () => {
  it('is one file, and gone when it is given free', async () => {
    const unlock = await lockHome(home);
    expect(await readdir(home)).toEqual(['up.lock']);
    unlock();
    expect(await readdir(home)).toEqual([]);
  });

  it('holds while the process that took it lives', async () => {
    const holder = spawn('sleep', ['60']);
    try {
      await leave(holder.pid ?? 0, commandLineOf(holder.pid ?? 0) ?? '');
      await expect(lockHome(home)).rejects.toThrow(`process ${holder.pid} is running there`);
      expect(await readdir(home)).toEqual(['up.lock']);
    } finally {
      holder.kill();
    }
  });

  it.each([
    ['is gone', 2 ** 22 - 1, 'node main.js up'],
    ['has another number now, which is another program', process.ppid, 'node main.js up'],
    ['had the number that we have now, as in a container that was started again', process.pid, commandLineOf(process.pid) ?? ''],
    ['was cut off while it wrote', 0, ''],
  ])('is taken over when its holder %s', async (_, pid, commandLine) => {
    await leave(pid, commandLine);
    const unlock = await lockHome(home);
    unlock();
    expect(await readdir(home)).toEqual([]);
  });
});
