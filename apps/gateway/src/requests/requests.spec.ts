// The small readers of what a request says, each with what it must not take.
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { HeldBytes, shareOut } from '../uploads/held-bytes.js';
import { contentTypeOf } from './content-type.js';
import { pageCursor, readCursor } from './cursor.js';
import { etagOf, matches } from './etag.js';
import { jsonBody } from './json-body.js';
import { parse, requestInvalid } from './parse.js';
import { clipIdOf, jobIdOf } from './path-id.js';
import { waitSecondsOf } from './prefer.js';
import { refuseUnstorableText } from './storable.js';

const messageOf = (body: string | Uint8Array, headers: Record<string, string> = {}) => {
  const message = Object.assign(Readable.from([Buffer.from(body)]), { headers }) as unknown as IncomingMessage;
  shareOut(message, new HeldBytes(1_000).share());
  return message;
};

describe('Prefer', () => {
  it.each([
    ['wait=10', 10],
    ['respond-async, wait=10', null],
    ['foo, wait = "5"', 5],
    ['wait=600', 30],
    ['wait=0', null],
    ['wait=-1', null],
    ['await=10', null],
    [undefined, null],
  ])('%s waits %s seconds', (header, seconds) => expect(waitSecondsOf(header)).toBe(seconds));
});

describe('a cursor', () => {
  const filters = { state: 'failed', kind: undefined };
  it('leads on where it came from', () => expect(readCursor(pageCursor('7', filters), { kind: undefined, state: 'failed' })).toBe('7'));
  it.each([pageCursor('7', { state: 'queued' }), 'nonsense', Buffer.from('[1]').toString('base64url')])('%s belongs elsewhere', (cursor) =>
    expect(() => readCursor(cursor, filters)).toThrow('CURSOR_INVALID'),
  );
});

describe('If-None-Match', () => {
  const etag = etagOf('body');
  it.each([etag, `W/${etag}`, `"x", ${etag}`, '*'])('%s names the tag', (header) => expect(matches(header, etag)).toBe(true));
  it.each([undefined, '"x"', etagOf('other')])('%s does not', (header) => expect(matches(header, etag)).toBe(false));
});

describe('a Content-Type', () => {
  const typeOf = (type: string) => contentTypeOf(messageOf('', { 'content-type': type }), ['application/json', 'application/jsonl']);
  it('is read without its parameters and whatever its case', () =>
    expect(typeOf('Application/JSON; charset=utf-8')).toBe('application/json'));
  it.each(['', 'text/plain', 'application/json2'])('%j is refused', (type) => expect(() => typeOf(type)).toThrow('TYPE_UNSUPPORTED'));
});

describe('a JSON body', () => {
  it('is read', async () => expect(await jsonBody(messageOf('{"a":1}'), 100)).toEqual({ a: 1 }));
  it('is refused while no more can be held, and told to come again', async () =>
    expect(jsonBody(messageOf(' '.repeat(1_001)), 2_000)).rejects.toThrow('BUSY'));
  it.each<[string, string | Uint8Array, string]>([
    ['larger than the limit', `"${'x'.repeat(200)}"`, 'BODY_TOO_LARGE'],
    ['no JSON', '{', 'BODY_MALFORMED'],
    ['no UTF-8', Uint8Array.of(0x22, 0xff, 0x22), 'BODY_MALFORMED'],
  ])('that is %s is refused', async (_what, body, code) => expect(jsonBody(messageOf(body), 100)).rejects.toThrow(code));
});

describe('what does not fit a schema', () => {
  it('is told by pointers, unknown members one by one', () => {
    const schema = z.strictObject({ list: z.array(z.strictObject({ a: z.int() })) });
    expect(() => parse(schema, { list: [{ a: 1 }, { a: 'x', 'b/c': 1 }], d: 1 })).toThrow(
      expect.objectContaining({
        faults: expect.arrayContaining([
          { pointer: '#/list/1/b~1c', detail: 'is not a known field' },
          { pointer: '#/d', detail: 'is not a known field' },
        ]),
      }),
    );
  });
  it('is told as missing where it is missing, not by the type of nothing', () =>
    expect(() => parse(z.object({ a: z.string(), b: z.enum(['x']) }), { b: 3 })).toThrow(
      expect.objectContaining({
        faults: [
          { pointer: '#/a', detail: 'is missing' },
          expect.objectContaining({ pointer: '#/b', detail: expect.stringContaining('"x"') }),
        ],
      }),
    ));
  it('is told of a hundred places at most', () =>
    expect(requestInvalid(Array.from({ length: 500 }, (_, i) => ({ pointer: `#/${i}`, detail: 'x' }))).faults).toHaveLength(100));
});

describe('text', () => {
  it.each([{ a: 'b\0' }, ['\ud83d'], { 'x\0': 1 }])('%j cannot be stored', (value) =>
    expect(() => refuseUnstorableText(value)).toThrow('REQUEST_INVALID'),
  );
  it('is told of by the place where it stands', () =>
    expect(() => refuseUnstorableText({ 'a/b': '\0' })).toThrow(
      expect.objectContaining({ faults: [expect.objectContaining({ pointer: '#/a~1b' })] }),
    ));
  it('that is nested without end is refused before the stack is', () =>
    expect(() => refuseUnstorableText(JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)))).toThrow('is nested more than 32 deep'));
  it('that is well-formed can', () => expect(() => refuseUnstorableText({ a: ['😀', 1, null] })).not.toThrow());
});

describe('an id in a path', () => {
  const id = '0199A3F0-5C1E-7D2A-B1C4-5F0E9D8C7B6A';
  it('is taken in any case', () => expect([clipIdOf(id), jobIdOf(id)]).toEqual([id.toLowerCase(), id.toLowerCase()]));
  it.each(['', 'x', '../etc', `${id}0`])('%j is none', (text) => {
    expect(() => clipIdOf(text)).toThrow('CLIP_NOT_FOUND');
    expect(() => jobIdOf(text)).toThrow('JOB_NOT_FOUND');
  });
});
