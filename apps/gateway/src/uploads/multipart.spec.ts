import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { multipartFiles } from './multipart.js';

const limits = { maxFileBytes: 1_000, maxBodyBytes: 2_000, maxFiles: 2, maxJsonBytes: 100 };
const file = (name: string, text: string) => part(`name="file"; filename="${name}"`, text);
const part = (disposition: string, text: string) => `--edge\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${text}\r\n`;
const end = '--edge--\r\n';

/** What is read of a body that comes in pieces of one byte. */
async function read(body: string, { known = ['profiles'], type = 'multipart/form-data; boundary=edge', isComplete = true } = {}) {
  const stream = new PassThrough();
  const request = Object.assign(stream, { headers: { 'content-type': type }, complete: isComplete }) as unknown as IncomingMessage;
  for (const byte of Buffer.from(body)) stream.write(Buffer.of(byte));
  if (isComplete) stream.end();
  else setImmediate(() => stream.destroy());
  const fields: Record<string, string[]> = {};
  const files: [string, boolean, string][] = [];
  for await (const { filename, isNamed, bytes } of multipartFiles(request, limits, known, fields)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    files.push([filename, isNamed, Buffer.concat(chunks).toString()]);
  }
  return { files, fields };
}

describe('a multipart body', () => {
  it('gives its files in their order, and the fields that are known, before and behind them', async () =>
    expect(
      await read(part('name="profiles"', 'a') + file('1.wav', 'one') + file('../2.wav', 'two') + part('name="profiles"', 'b') + end),
    ).toEqual({
      files: [
        ['1.wav', true, 'one'],
        ['2.wav', true, 'two'],
      ],
      fields: { profiles: ['a', 'b'] },
    }));

  it('gives a file that has no name', async () =>
    expect((await read(part('name="file"', 'x.wav') + end)).files).toEqual([['unnamed', false, 'x.wav']]));

  it.each<[string, string, string, object]>([
    ['an unknown field', part('name="colour"', 'red') + end, '#/colour', {}],
    ['a file in an unknown field', part('name="audio"; filename="a.wav"', 'x') + end, '#/audio', {}],
    ['more files than the limit', file('1', 'a') + file('2', 'b') + file('3', 'c') + end, 'TOO_MANY_FILES', {}],
    ['more bytes than the limit', file('1', 'a'.repeat(3_000)) + end, 'BODY_TOO_LARGE', {}],
    ['no last boundary', file('1', 'abc'), 'BODY_TRUNCATED', {}],
    ['a client that leaves', file('1', 'abc'), 'BODY_TRUNCATED', { isComplete: false }],
    ['no boundary in its type', file('1', 'abc') + end, 'BODY_MALFORMED', { type: 'multipart/form-data' }],
  ])('is refused with %s', async (_what, body, message, options) => expect(read(body, options)).rejects.toThrow(message));
});
