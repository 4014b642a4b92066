import type { IncomingMessage } from 'node:http';
import { EarshotError } from '@earshot/contracts';
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { pointerOf } from '../requests/parse.js';
import { fileName } from './file-name.js';
import type { BodyLimits } from './limits.js';

export interface IncomingFile {
  /** Place among the files of the request. */
  index: number;
  filename: string;
  /** Whether the client gave it a name, as it does with files. */
  isNamed: boolean;
  /** To be read before the next file is asked for; ends with a coded error when the body does. */
  bytes: AsyncIterable<Uint8Array>;
}

/**
 * The files of a multipart body (fields of those names, one or many) as they arrive; nothing is held but what the parser buffers. Known fields
 * of text are put into `fields`, whose content is whole when the iteration ends.
 * Whatever is wrong with the body ends the iteration, and the bytes that are being read, with an EarshotError.
 */
export async function* multipartFiles(
  request: IncomingMessage,
  limits: BodyLimits,
  knownFields: readonly string[] = [],
  fields: Record<string, string[]> = {},
  fileFields: readonly string[] = ['file'],
): AsyncGenerator<IncomingFile, void> {
  const parser = openParser(request, limits, fileFields);
  const arrived: IncomingFile[] = [];
  const streams = new Set<BusboyFileStream>();
  let failure: EarshotError | undefined;
  let isFinished = false;
  let fileCount = 0;
  let bodyBytes = 0;
  let wake: () => void = () => undefined;

  const fail = (error: EarshotError) => {
    failure ??= error;
    for (const stream of streams) stream.destroy(failure);
    wake();
  };
  async function* read(stream: BusboyFileStream): AsyncGenerator<Uint8Array, void> {
    try {
      yield* stream.iterator({ destroyOnReturn: false });
    } catch (error) {
      throw failure ?? truncated(error);
    } finally {
      streams.delete(stream);
      stream.resume(); // what is left of a file that nobody wants makes way for the next
    }
  }

  parser.on('file', (field, stream, sentName) => {
    stream.on('error', () => undefined); // whoever reads is told by `read`; a file nobody reads any more must not end the process
    if (!fileFields.includes(field)) {
      stream.resume();
      return fail(unknownField(field, knownFields, fileFields));
    }
    streams.add(stream);
    arrived.push({ index: fileCount++, filename: fileName(sentName), isNamed: sentName !== undefined, bytes: read(stream) });
    wake();
  });
  parser.on('field', (name, value, _nameIsCut, valueIsCut) => {
    if (!knownFields.includes(name)) fail(unknownField(name, knownFields, fileFields));
    else if (valueIsCut)
      fail(new EarshotError('BODY_TOO_LARGE', `The field ${name} is longer than ${fieldBytes} bytes`, { members: { limit: fieldBytes } }));
    else fields[name] = [...(fields[name] ?? []), value];
  });
  parser.on('filesLimit', () =>
    fail(new EarshotError('TOO_MANY_FILES', `More than ${limits.maxFiles} files`, { members: { limit: limits.maxFiles } })),
  );
  parser.on('error', (error) => fail(truncated(error)));
  parser.on('finish', () => {
    isFinished = true;
    wake();
  });

  const onData = (chunk: Buffer) => {
    bodyBytes += chunk.length;
    if (bodyBytes > limits.maxBodyBytes) fail(bodyTooLarge(limits));
    else if (!parser.write(chunk)) request.pause();
  };
  const onClose = () => {
    if (!request.complete) fail(truncated());
  };
  const onEnd = () => parser.end();
  parser.on('drain', () => request.resume());
  request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);

  try {
    for (;;) {
      if (failure !== undefined) throw failure;
      const file = arrived.shift();
      if (file !== undefined) yield file;
      else if (isFinished) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    request.off('data', onData).off('end', onEnd).off('close', onClose);
    for (const stream of streams) stream.destroy();
  }
}

/** A definition of a profile fits in. */
const fieldBytes = 65_536;

function openParser(request: IncomingMessage, limits: BodyLimits, fileFields: readonly string[]): BusboyInstance {
  if (Number(request.headers['content-length'] ?? 0) > limits.maxBodyBytes) throw bodyTooLarge(limits);
  try {
    return new Busboy({
      headers: { ...request.headers, 'content-type': request.headers['content-type'] ?? '' },
      preservePath: true,
      fileHwm: 256 * 1024,
      limits: { files: limits.maxFiles, fields: 100, fieldSize: fieldBytes, headerPairs: 20, headerSize: 16 * 1024 },
      isPartAFile: (field, _type, filename) => fileFields.includes(field ?? '') || filename !== undefined,
    });
  } catch (error) {
    throw new EarshotError('BODY_MALFORMED', 'The Content-Type of a multipart body names its boundary', { cause: error });
  }
}

function unknownField(name: string | undefined, known: readonly string[], fileFields: readonly string[]): EarshotError {
  const pointer = pointerOf([name ?? '']);
  const others = known.length > 0 ? `; options are ${known.join(', ')}` : '';
  return new EarshotError('REQUEST_INVALID', `The body has a field that is not known here: ${pointer}`, {
    faults: [{ pointer, detail: `is not a known field; files come in the field \`${fileFields[0]}\`${others}` }],
  });
}

function bodyTooLarge({ maxBodyBytes }: BodyLimits): EarshotError {
  return new EarshotError('BODY_TOO_LARGE', `More than ${maxBodyBytes} bytes`, { members: { limit: maxBodyBytes } });
}

function truncated(cause?: unknown): EarshotError {
  return new EarshotError('BODY_TRUNCATED', 'The multipart body ended before its closing boundary', { cause });
}
