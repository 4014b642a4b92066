import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { EarshotError } from '@earshot/contracts';
import type { Request, Response } from 'express';
import { admitAs } from '../access/caller.js';
import { failed } from '../requests/answer.js';
import { writeAnswer } from '../requests/write-answer.js';
import { Bodies } from './bodies.js';

const budgets = {
  mostBodies: 4,
  mostActive: 3,
  mostOfCaller: 2,
  heldBytes: 10,
  leastBytes: 1_000,
  windowMs: 1_000,
  stillMs: 100,
  roundMs: 50,
  partOfRound: 4,
};
let bodies: Bodies;
let server: Server;
const sockets: Socket[] = [];
/** Requests that were looked at. */
let looks: number;

beforeEach(async () => {
  budgets.stillMs = 100;
  bodies = new Bodies(budgets);
  looks = 0;
  const [refuseAgain, admit] = [bodies.refuseAgain(), bodies.admit()];
  server = createServer((request, response) => {
    const answer = async (error?: unknown) => {
      if (error instanceof EarshotError) return writeAnswer(response as Response, failed(error));
      request.resume().once('end', () => response.end('taken'));
    };
    if (request.headers.from !== 'anybody') admitAs(request, { holder: request.headers.from ?? 'somebody', mayHurry: false });
    refuseAgain(request as Request, response as Response, () => {
      looks++;
      void admit(request as Request, response as Response, (error?: unknown) => void answer(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  bodies.close();
  await new Promise((resolve) => server.close(resolve));
});

/** Sends the head of a body of so many bytes. */
function begin(sizeBytes: number, from = 'somebody'): { socket: Socket; answer: Promise<string> } {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nFrom: ${from}\r\nConnection: close\r\nContent-Length: ${sizeBytes}\r\n\r\n`);
  return { socket, answer: text(socket).catch(() => 'reset') };
}

async function send(socket: Socket, { bytes, everyMs, times }: { bytes: number; everyMs: number; times: number }): Promise<void> {
  for (let n = 0; n < times && !socket.destroyed; n++) {
    socket.write(Buffer.alloc(bytes));
    await sleep(everyMs);
  }
}

describe('bodies', () => {
  it('beyond those that may be worked on at once are refused, and told when to come again', async () => {
    begin(10);
    begin(10);
    await sleep(50);
    const answer = await begin(10).answer;
    expect(answer).toMatch(/^HTTP\/1.1 503 /);
    expect(answer).toMatch(/\r\nRetry-After: 1\r\n/i);
    expect(answer).toContain('"code":"BUSY"');
  });

  it('of one caller leave room for those of others', async () => {
    begin(10, 'greedy');
    begin(10, 'greedy');
    await sleep(50);
    expect(await begin(10, 'greedy').answer).toContain('"code":"BUSY"');
    const { socket, answer } = begin(3, 'modest');
    socket.write('abc');
    expect(await answer).toContain('taken');
  });

  it('that come together when there is no room are refused by one look', async () => {
    budgets.stillMs = 60_000;
    begin(10);
    begin(10);
    await sleep(50);
    looks = 0;
    const { socket, answer } = begin(1);
    socket.write('a');
    const head = 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n';
    const together = connect((server.address() as AddressInfo).port, '127.0.0.1');
    sockets.push(together);
    together.write(`${`${head}\r\nx`.repeat(9)}${head}Connection: close\r\n\r\nx`);
    const told = await text(together);
    expect(told.match(/HTTP\/1.1 503 /g)).toHaveLength(10);
    expect(told.match(/\r\nRetry-After: 1\r\n/gi)).toHaveLength(10);
    await answer;
    expect(looks).toBeLessThanOrEqual(3);
  });

  it('of those who have no key are not counted', async () => {
    for (let n = 0; n < 10; n++) begin(10, 'anybody');
    await sleep(50);
    const { socket, answer } = begin(3);
    socket.write('abc');
    expect(await answer).toContain('taken');
  });

  it('that stand still are in nobody’s way, up to as many as there may be', async () => {
    begin(10);
    begin(10);
    await sleep(250);
    const third = begin(3);
    third.socket.write('abc');
    expect(await third.answer).toContain('taken');
    begin(10);
    begin(10);
    await sleep(250);
    expect(await begin(10).answer).toContain('"code":"BUSY"');
  });

  it('that have come make room', async () => {
    for (let n = 0; n < 6; n++) {
      const { socket, answer } = begin(3);
      socket.write('abc');
      expect(await answer).toContain('taken');
    }
  });

  it.each([
    ['stand still', 0],
    ['trickle', 5],
  ])('that %s are let go', async (_how, bytes) => {
    const { socket, answer } = begin(1_000_000);
    void send(socket, { bytes, everyMs: 50, times: 40 });
    const said = await answer;
    expect(said).toMatch(/^HTTP\/1.1 408 /);
    expect(said).toContain('"code":"BODY_TOO_SLOW"');
  });

  it('that flow last for as long as they like', async () => {
    const { socket, answer } = begin(40 * 500);
    await send(socket, { bytes: 500, everyMs: 50, times: 40 });
    expect(await answer).toContain('taken');
  });
});
