import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';
import type { z } from 'zod';
import { faultsOf, requestInvalid } from './parse.js';
import { refuseUnstorableText } from './storable.js';

const maxLines = 1_000_000;
const maxLineBytes = 16 * 1024;
const newline = 10;

/** The values of a body of JSON lines, read while they are used: memory does not grow with their number. Faults name the line. */
export async function* jsonLines<Line extends z.ZodType>(
  request: IncomingMessage,
  schema: Line,
  { maxBodyBytes }: { maxBodyBytes: number },
): AsyncGenerator<z.output<Line>> {
  let isEmpty = true;
  for await (const [line, number] of linesOf(request, maxBodyBytes)) {
    isEmpty = false;
    yield lineOf(line, number, schema);
  }
  if (isEmpty) throw requestInvalid([{ pointer: '#', detail: 'at least one line is needed' }]);
}

function lineOf<Line extends z.ZodType>(line: string, number: number, schema: Line): z.output<Line> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new EarshotError('BODY_MALFORMED', `Line ${number} is not JSON`, { cause: error, members: { line: number } });
  }
  const result = schema.safeParse(value);
  if (!result.success)
    throw requestInvalid(
      result.error.issues.flatMap(faultsOf).map(({ pointer, detail }) => ({ pointer: pointer.replace('#', `#/${number}`), detail })),
    );
  refuseUnstorableText(result.data);
  return result.data;
}

/** Lines that are not blank, with their numbers from 1, without their ends. Blank ones count: they take as long to be looked for. */
async function* linesOf(request: IncomingMessage, maxBodyBytes: number): AsyncGenerator<[string, number]> {
  let rest: Buffer = Buffer.alloc(0);
  let bodyBytes = 0;
  let number = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      bodyBytes += chunk.length;
      if (bodyBytes > maxBodyBytes)
        throw new EarshotError('BODY_TOO_LARGE', `More than ${maxBodyBytes} bytes`, { members: { limit: maxBodyBytes } });
      const bytes: Buffer = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
        if (++number > maxLines) throw new EarshotError('TOO_MANY_FILES', `More than ${maxLines} lines`, { members: { limit: maxLines } });
        const line = bytes.toString('utf8', start, end);
        if (line.trim() !== '') yield [line, number];
        start = end + 1;
      }
      rest = bytes.subarray(start);
      if (rest.length > maxLineBytes) throw new EarshotError('BODY_MALFORMED', `Line ${number + 1} is longer than ${maxLineBytes} bytes`);
    }
  } catch (error) {
    throw error instanceof EarshotError
      ? error
      : new EarshotError('BODY_TRUNCATED', 'The connection ended within the body', { cause: error });
  }
  if (rest.toString().trim() !== '') yield [rest.toString(), number + 1];
}
