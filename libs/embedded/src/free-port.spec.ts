import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePort } from './free-port.js';

describe('a free port', () => {
  it('can be listened on, and is none that an outgoing connection may get', async () => {
    const server = createServer().listen(await freePort(), '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    expect(address !== null && typeof address === 'object' && address.port).toBeLessThan(32_768);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is none to which fetch refuses to connect', async () => {
    for (let above = 0; above < 100; ) {
      const port = await freePort((least) => least + above++);
      const refused = await fetch(`http://127.0.0.1:${port}`).catch((error: Error) => error.cause);
      expect(refused).not.toMatchObject({ message: 'bad port' });
    }
  });
});
