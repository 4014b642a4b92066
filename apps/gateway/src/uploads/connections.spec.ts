import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundConnections } from './connections.js';

let server: Server;
let socket: Socket;
const large = Buffer.alloc(64_000_000);

beforeEach(async () => {
  server = createServer((request, response) => {
    if (request.url === '/later') setTimeout(() => response.end('here'), 200);
    else response.end(request.url === '/large' ? large : 'here');
  });
  boundConnections(server, { connections: 10, headersMs: 60_000, silenceMs: 500, idleMs: 75_000, leftoverMs: 100 });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined);
});
afterEach(async () => {
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const begin = (path: string, sizeBytes: number) => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
const openConnections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));

describe('a connection', () => {
  it('whose request is answered before its body has come is ended, however the body trickles', async () => {
    const closed = new Promise((resolve) => socket.once('close', resolve)); // with an error where it was ended as bytes came
    begin('/', 1_000_000);
    expect(String((await once(socket, 'data'))[0])).toContain('here');
    const trickle = setInterval(() => socket.write('x'), 20);
    await closed;
    clearInterval(trickle);
  });

  it('is kept between two requests for longer than proxies keep theirs, and says so', async () => {
    begin('/', 0);
    expect(String((await once(socket, 'data'))[0])).toContain('Keep-Alive: timeout=75');
  });

  it('is not kept once its port is closed, so that this ends with the last answer', async () => {
    begin('/later', 0);
    await once(server, 'request');
    socket.resume();
    const closed = once(server, 'close');
    server.close();
    await Promise.all([closed, once(socket, 'end')]);
  });

  it('is kept when the body comes after the answer', async () => {
    begin('/', 2);
    await once(socket, 'data');
    socket.write('ab');
    await sleep(250);
    begin('/', 0);
    expect(String((await once(socket, 'data'))[0])).toContain('here');
  });

  it('of a client that does not read its answer is ended', async () => {
    socket.pause();
    begin('/large', 0);
    await sleep(100);
    expect(await openConnections()).toBe(1);
    while ((await openConnections()) > 0) await sleep(50);
  });
});
