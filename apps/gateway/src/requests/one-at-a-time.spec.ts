import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import { oneAtATime } from './one-at-a-time.js';

let server: Server;
let socket: Socket;
/** Requests that are handed on, by their paths; each is answered when its number is let go. */
let begun: string[];
let answers: (() => void)[];
let received: string;

beforeEach(async () => {
  [begun, answers, received] = [[], [], ''];
  const one = oneAtATime();
  server = createServer((request, response) =>
    one(request as Request, response as Response, () => {
      begun.push(request.url ?? '');
      answers.push(() => response.end(`answer of ${request.url};`));
    }),
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => undefined).on('data', (data) => (received += data.toString()));
});
afterEach(async () => {
  socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const send = (...paths: string[]) => socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`).join(''));
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

describe('requests of one connection', () => {
  it('are worked on one after the other, and answered in their order', async () => {
    send('/1', '/2', '/3');
    for (const path of ['/1', '/2', '/3']) {
      await until(() => begun.at(-1) === path);
      await sleep(30);
      expect(begun.at(-1)).toBe(path);
      answers.at(-1)?.();
      await until(() => received.includes(`answer of ${path};`));
    }
    send('/4');
    await until(() => begun.at(-1) === '/4');
  });

  it('are not worked on any more when their sender has left', async () => {
    send('/1', '/2', '/3');
    await until(() => begun.length === 1);
    socket.destroy();
    await sleep(50);
    answers[0]?.();
    await sleep(50);
    expect(begun).toEqual(['/1']);
  });

  it('end the connection when they are more than anybody sends without reading', async () => {
    const closed = once(socket, 'close');
    send(...Array.from({ length: 1_000 }, (_, n) => `/${n}`));
    await closed;
    expect(begun).toEqual(['/0']);
  });
});
