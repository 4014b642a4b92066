import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { Relay } from './relay.js';

describe('a relay', () => {
  let server: Server;
  let relay: Relay;
  beforeEach(async () => {
    server = createServer((_, response) => response.end('answered'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    relay = await Relay.start(typeof address === 'object' ? (address?.port ?? 0) : 0);
  });
  afterEach(async () => {
    await relay.stop();
    server.closeAllConnections();
    server.close();
  });
  const ask = (limitMs: number) =>
    fetch(relay.url, { signal: AbortSignal.timeout(limitMs) }).then(
      (answer) => answer.text(),
      (error: Error) => error.name,
    );

  it('lets answers through', async () => expect(await ask(5_000)).toBe('answered'));

  it('lets nothing through while it is cut, on old connections as on new ones', async () => {
    await ask(5_000);
    relay.cut();
    expect(await Promise.all([ask(300), ask(300)])).toEqual(['TimeoutError', 'TimeoutError']);
  });

  it('breaks what waited, and lets answers through again, when it is mended', async () => {
    relay.cut();
    const waiting = ask(5_000);
    await new Promise((resolve) => setTimeout(resolve, 50)); // its request is on its way
    relay.mend();
    expect(await waiting).toBe('TypeError');
    expect(await ask(5_000)).toBe('answered');
  });

  it('breaks connections whose server is away', async () => {
    server.closeAllConnections();
    server.close();
    expect(await ask(5_000)).toBe('TypeError');
  });
});
