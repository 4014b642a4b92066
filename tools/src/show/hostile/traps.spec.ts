import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TrapFile, trapServer } from './traps.js';

describe('a trap', () => {
  it('notices a connection', async () => {
    const server = await trapServer();
    expect(server.connectionCount()).toBe(0);
    await expect(fetch(server.url)).rejects.toThrow();
    expect(server.connectionCount()).toBe(1);
    server.close();
  });

  it('notices that a file is read, where the file system does', () => {
    const folder = mkdtempSync(join(tmpdir(), 'earshot-traps-'));
    const file = new TrapFile(join(folder, 'victim'), Buffer.from('secret'));
    const before = file.wasRead();
    readFileSync(file.path);
    expect([before, file.wasRead()]).toEqual(before === null ? [null, null] : [false, true]);
    rmSync(folder, { recursive: true });
  });
});
