import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

export interface Sender {
  name: string;
  key: string;
}

export interface Answered {
  /** 0: the connection was lost. */
  status: number;
  retryAfter: string | undefined;
  body: string;
  ms: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });

interface Sent {
  body: Uint8Array;
  headers: Record<string, string>;
}

/** Posts as that caller, over connections that are kept. */
export function post(url: string, path: string, { key }: Sender, { body, headers }: Sent): Promise<Answered> {
  const startMs = performance.now();
  const ms = () => performance.now() - startMs;
  return new Promise((resolve) => {
    const lost = () => resolve({ status: 0, retryAfter: undefined, body: '', ms: ms() });
    const all = { 'x-api-key': key, 'content-length': String(body.length), ...headers };
    const sent = request(new URL(path, url), { method: 'POST', agent, headers: all }, (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body: answer, ms: ms() }),
        lost,
      );
    });
    sent.on('error', lost).end(body);
  });
}

const boundary = 'a-boundary-that-is-in-no-clip';

/** A form of these files. */
export function formOf(files: readonly Uint8Array[]): Sent {
  const parts = files.flatMap((bytes, n) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${n}.audio"\r\n\r\n`,
    bytes,
    '\r\n',
  ]);
  const body = Buffer.concat([...parts, `--${boundary}--\r\n`].map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return { body, headers: { 'content-type': `multipart/form-data; boundary=${boundary}` } };
}

export function jsonOf(value: unknown): Sent {
  return { body: Buffer.from(JSON.stringify(value)), headers: { 'content-type': 'application/json' } };
}

export function waited({ body, headers }: Sent): Sent {
  return { body, headers: { ...headers, prefer: 'wait=30' } };
}
