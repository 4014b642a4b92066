import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { clipLine, EarshotError } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { faultsOf, requestInvalid } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';
import type { BodyLimits } from '../uploads/limits.js';
import type { StoredClips } from './work.service.js';

export const maxLines = 1_000_000;
const maxLineBytes = 16 * 1024;
const newline = 10;
const stallMs = 30_000;

/** The clips that a body of JSON lines names, read while they are written: memory does not grow with their number. */
export function clipsOfLines(request: IncomingMessage, limits: BodyLimits): StoredClips {
  const hash = createHash('sha256');
  let fingerprint: string | undefined;
  return {
    items: itemsOf(request, limits, (line) => hash.update(line).update('\n')),
    metadata: {},
    count: null,
    fingerprint: () => (fingerprint ??= hash.digest('hex')),
  };
}

async function* itemsOf(request: IncomingMessage, { maxBodyBytes }: BodyLimits, onLine: (line: string) => void): AsyncGenerator<NewItem> {
  let count = 0;
  for await (const [line, number] of linesOf(request, maxBodyBytes)) {
    if (line.trim() === '') continue;
    count += 1;
    if (count > maxLines) throw new EarshotError('TOO_MANY_FILES', `More than ${maxLines} lines`, { members: { limit: maxLines } });
    const item = itemOf(line, number);
    onLine(JSON.stringify([item.clipId, item.customId]));
    yield item;
  }
  if (count === 0) throw requestInvalid([{ pointer: '#', detail: 'at least one line is needed' }]);
}

function itemOf(line: string, number: number): NewItem {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new EarshotError('BODY_MALFORMED', `Line ${number} is not JSON`, { cause: error, members: { line: number } });
  }
  const result = clipLine.safeParse(value);
  if (!result.success)
    throw requestInvalid(
      result.error.issues.flatMap(faultsOf).map(({ pointer, detail }) => ({ pointer: pointer.replace('#', `#/${number}`), detail })),
    );
  refuseUnstorableText(result.data);
  return { clipId: result.data.clipId, customId: result.data.customId ?? null };
}

/** Lines with their numbers from 1, without their ends. */
async function* linesOf(request: IncomingMessage, maxBodyBytes: number): AsyncGenerator<[string, number]> {
  let rest: Buffer = Buffer.alloc(0);
  let bodyBytes = 0;
  let number = 0;
  request.setTimeout(stallMs, () => request.destroy()); // a client that stops sending is given up
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bodyBytes += chunk.length;
      if (bodyBytes > maxBodyBytes)
        throw new EarshotError('BODY_TOO_LARGE', `More than ${maxBodyBytes} bytes`, { members: { limit: maxBodyBytes } });
      const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        yield [bytes.toString('utf8', start, end), ++number];
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > maxLineBytes) throw new EarshotError('BODY_MALFORMED', `Line ${number + 1} is longer than ${maxLineBytes} bytes`);
    }
  } catch (error) {
    throw error instanceof EarshotError
      ? error
      : new EarshotError('BODY_TRUNCATED', 'The connection ended within the body', { cause: error });
  } finally {
    request.setTimeout(0);
  }
  if (rest.length > 0) yield [rest.toString(), number + 1];
}
