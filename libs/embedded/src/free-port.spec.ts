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
});
