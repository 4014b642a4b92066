import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { jest } from '@jest/globals';
import { Database } from './database.js';
import { freshDatabase } from './testing/fresh-database.js';
import { untilThere } from './until-there.js';

describe('a start without PostgreSQL', () => {
  const fresh = freshDatabase();
  const urlWith = (change: (url: URL) => void): string => {
    const url = new URL(fresh.database.options.url);
    change(url);
    return url.href;
  };

  it('goes on as soon as it can be reached, and says once that it waits', async () => {
    const port = await freePort();
    const late = new Database({ url: urlWith((url) => (url.host = `127.0.0.1:${port}`)), applicationName: 'until-there-spec' });
    const onWait = jest.fn();
    let relay: Server | undefined;
    setTimeout(() => {
      relay = relayTo(new URL(fresh.database.options.url), port);
    }, 700);
    await untilThere(late, { limitMs: 20_000, onWait });
    expect(onWait).toHaveBeenCalledTimes(1);
    expect(onWait).toHaveBeenCalledWith(expect.objectContaining({ code: 'DATABASE_UNAVAILABLE' }));
    await late.close();
    relay?.close();
  });

  it('ends with what was said last where it does not come', async () => {
    const away = new Database({ url: 'postgresql://earshot:none@127.0.0.1:1/none', applicationName: 'until-there-spec' });
    await expect(untilThere(away, { limitMs: 600, onWait: () => undefined })).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    await away.close();
  });

  it('ends at once where it is refused', async () => {
    const wrong = new Database({ url: urlWith((url) => (url.pathname = '/nobody')), applicationName: 'until-there-spec' });
    const onWait = jest.fn();
    await expect(untilThere(wrong, { limitMs: 20_000, onWait })).rejects.toThrow('SQLSTATE 3D000');
    expect(onWait).not.toHaveBeenCalled();
    await wrong.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

function relayTo({ hostname, port }: URL, at: number): Server {
  return createServer((socket) => {
    const there = connect(Number(port), hostname);
    socket.pipe(there).pipe(socket);
    socket.on('error', () => there.destroy());
    there.on('error', () => socket.destroy());
  }).listen(at, '127.0.0.1');
}
