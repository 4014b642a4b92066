import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { jsonLines } from './json-lines.js';

const read = async (...pieces: (string | Buffer)[]) => {
  const message = Readable.from(pieces.map((piece) => Buffer.from(piece))) as unknown as IncomingMessage;
  const values: number[] = [];
  for await (const { n } of jsonLines(message, z.object({ n: z.number() }), { maxBodyBytes: 10_000_000 })) values.push(n);
  return values;
};

describe('a body of JSON lines', () => {
  it('is read line by line, however it was cut on its way', async () =>
    expect(await read('{"n":1}\n{"n', '":2}\r\n\n', '{"n":3}')).toEqual([1, 2, 3]));
  it.each([
    ['blank lines only', '\n \n\r\n'],
    ['nothing', ''],
  ])('of %s is refused', async (_what, body) => expect(read(body)).rejects.toThrow('REQUEST_INVALID'));
  it('of more than a million lines is refused, blank ones among them', async () =>
    expect(read(Buffer.alloc(1_000_001, '\n'))).rejects.toThrow('TOO_MANY_FILES'));
});
