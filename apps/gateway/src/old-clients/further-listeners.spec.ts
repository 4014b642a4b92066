import type { Server } from 'node:http';
import { closeAll, listenFurther } from './further-listeners.js';

const portOf = (server?: Server) => Object(server?.address()).port;
const listen = (ports: number[]) => listenFurther((_request, response) => void response.end('the same'), ports, '127.0.0.1');

describe('further ports', () => {
  it('serve the same until they are closed', async () => {
    const servers = await listen([0, 0]);
    const urls = servers.map((server) => `http://127.0.0.1:${portOf(server)}/`);
    for (const url of urls) expect(await (await fetch(url)).text()).toBe('the same');
    await closeAll(servers);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  });

  it('that are taken end the start, and free those before them', async () => {
    const [taken] = await listen([0]);
    await expect(listen([0, portOf(taken)])).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await closeAll(taken === undefined ? [] : [taken]);
  });
});
