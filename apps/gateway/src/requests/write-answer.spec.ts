import { connect } from 'node:net';
import express, { type Request } from 'express';
import type { Answer } from './answer.js';
import { resultFormOf } from './items-form.js';
import { writeAnswer } from './write-answer.js';

/** All that comes over one connection when the answer is asked for so, and then something else; what takes longer than a second is cut. */
async function heard(answer: Answer, method: string): Promise<string> {
  const app = express();
  app.all('/', (_request, response) => void writeAnswer(response.vary('Origin'), answer));
  app.get('/next', (_request, response) => void response.send('the next answer'));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const socket = connect({ port: typeof address === 'object' ? (address?.port ?? 0) : 0, host: '127.0.0.1' });
  socket.write(`${method} / HTTP/1.1\r\nHost: x\r\n\r\nGET /next HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  socket.setTimeout(1_000, () => socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (piece) => (text += piece));
  await new Promise((resolve) => socket.once('close', resolve));
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return text;
}

describe('what is written of an answer', () => {
  it('varies by what others have said, too', async () =>
    expect(await heard({ status: 200, headers: { Vary: 'Accept' }, body: { json: {} } }, 'GET')).toContain('\r\nVary: Origin, Accept\r\n'));

  it('ends with its headers when only those are asked for, and the connection goes on', async () => {
    const text = await heard({ status: 200, body: { type: 'text/event-stream', listener: (open) => void open.write('\n') } }, 'HEAD');
    expect(text).toContain('Content-Type: text/event-stream');
    expect(text).toContain('the next answer');
  });

  it('begins its pieces for HEAD as for GET, sends none of them, and ends them', async () => {
    let open = 0;
    const stream = async function* () {
      open += 1;
      try {
        yield 'a piece';
      } finally {
        open -= 1;
      }
    };
    const text = await heard({ status: 200, body: { type: 'text/csv', stream } }, 'HEAD');
    expect(text).toMatch(/^HTTP\/1.1 200 OK.*the next answer/s);
    expect([text.includes('a piece'), open]).toEqual([false, 0]);
  });
});

describe('the form of a result', () => {
  const request = { accepts: () => 'text/csv' } as unknown as Request;
  it('is the wanted one where it has items', () => expect(resultFormOf(request, { items: [] })).toBe('text/csv'));
  it('is JSON where it has none', () => expect(resultFormOf(request, {})).toBe('application/json'));
});
