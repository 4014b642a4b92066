import type { IncomingMessage } from 'node:http';
import { type AudioFormat, sniffBytes, sniffFormat } from '@earshot/audio';
import { EarshotError } from '@earshot/contracts';
import { type BlobStore, continued } from '@earshot/storage';
import { type HeldShare, heldShareOf } from './held-bytes.js';
import type { BodyLimits } from './limits.js';
import { type IncomingFile, multipartFiles } from './multipart.js';
import { Pieces } from './pieces.js';

/** A file whose bytes are stored durably; no row speaks of it yet. */
export interface ReceivedFile {
  filename: string;
  sha256: string;
  sizeBytes: number;
}

/** A file that was not taken, though others of its request were. */
export interface RefusedFile {
  /** Place among the files of the request. */
  index: number;
  filename: string;
  error: EarshotError;
}

/** A multipart body: its files, and the texts of its fields. */
export interface ReceivedForm {
  files: ReceivedFile[];
  fields: Record<string, string[]>;
  /** Only where bad files cost no other file anything. */
  refused: RefusedFile[];
}

/** What a route takes in a form. */
export interface FormSpec {
  /** Fields of text. */
  fields: readonly string[];
  /** Fields of files; `file` by default. */
  fileFields?: readonly string[];
  /** Formats of audio; all that are known by default. */
  formats?: ReadonlySet<AudioFormat>;
  /** By default one bad file refuses the request. */
  isBadFileLeftOut?: boolean;
}

/** Up to this size a file is collected and written at once; larger ones are streamed one after another. */
const smallFileBytes = 1024 * 1024;
/**
 * Small files are held up to this much together, or to what the process has left for bodies: most bad requests are refused before
 * anything of them is written.
 */
const heldBytes = 4 * 1024 * 1024;
const writesAtOnce = 8;
const nothing = new Uint8Array(0);

interface FormTarget extends FormSpec {
  store: BlobStore;
  workspaceId: string;
  limits: BodyLimits;
}

/**
 * Stores the files of a multipart request, in their order. What was stored of a request that is refused has no row and is left to the sweep.
 */
export async function receiveForm(request: IncomingMessage, target: FormTarget): Promise<ReceivedForm> {
  const { store, workspaceId, limits, fields: known, fileFields, formats, isBadFileLeftOut = false } = target;
  const received: ReceivedFile[] = [];
  const refused: RefusedFile[] = [];
  const fields: Record<string, string[]> = {};
  let held: { file: IncomingFile; bytes: Uint8Array }[] = [];
  let sizeBytes = 0;
  const share = heldShareOf(request);

  const refuse = (error: unknown, file: IncomingFile): void => {
    if (!isBadFileLeftOut || !isOfFile(error)) throw named(error, file);
    refused.push({ index: file.index, filename: file.filename, error });
  };
  const write = async (file: IncomingFile, bytes: Uint8Array | AsyncIterable<Uint8Array>) => {
    try {
      const holdBytes = bytes instanceof Uint8Array ? undefined : 0; // what of a stream may be held is held here
      const stored = await store.put(workspaceId, bytes, { maxBytes: limits.maxFileBytes, holdBytes });
      received[file.index] = { filename: file.filename, ...stored };
    } catch (error) {
      refuse(error, file);
    }
  };
  const writeHeld = async () => {
    const files = held;
    held = [];
    sizeBytes = 0;
    await eachOf(files, writesAtOnce, ({ file, bytes }) => write(file, bytes));
    share.giveBack();
  };
  for await (const file of multipartFiles(request, limits, known, fields, fileFields)) {
    const begun = await begin(file, formats, share).catch((error: unknown) => refuse(error, file));
    if (!begun) continue;
    if (begun.rest !== null) {
      await writeHeld(); // then nothing is held while a large file, or one that comes slowly, goes to the disk
      await write(file, begun.rest);
    } else {
      held.push({ file, bytes: begun.head });
      sizeBytes += begun.head.length;
      if (sizeBytes > heldBytes) await writeHeld();
    }
  }
  await writeHeld();
  if (received.length === 0 && refused.length === 0) {
    const [field = 'file'] = fileFields ?? [];
    throw new EarshotError('REQUEST_INVALID', 'The body holds no file', {
      faults: [{ pointer: `#/${field}`, detail: 'at least one file is needed' }],
    });
  }
  return { files: received.filter((file) => file !== undefined), fields, refused };
}

/** Does the work for all of them, some at a time; after a failure none is begun any more. */
async function eachOf<Item>(items: Item[], atOnce: number, work: (item: Item) => Promise<void>): Promise<void> {
  const rest = items.values();
  let hasFailed = false;
  const lane = async () => {
    for (const item of rest) {
      if (hasFailed) return;
      await work(item).catch((error) => {
        hasFailed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane));
}

/**
 * Reads the start of a file and judges it: the whole of a small file, or its beginning and a stream of all of it. A small file is a stream,
 * too, when no more may be held.
 */
async function begin(
  file: IncomingFile,
  formats: FormSpec['formats'],
  share: HeldShare,
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> | null }> {
  const pieces = new Pieces();
  let sizeBytes = 0;
  let isSniffed = false;
  const iterator = file.bytes[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await iterator.next();
      if (done) {
        const head = pieces.whole();
        if (!isSniffed) judge(head, file, formats);
        return { head, rest: null };
      }
      pieces.push(value);
      sizeBytes += value.length;
      if (!isSniffed && sizeBytes >= sniffBytes) {
        judge(pieces.whole(), file, formats);
        isSniffed = true;
      }
      const isHeld = sizeBytes <= smallFileBytes && share.take(value.length);
      if (!isHeld && isSniffed) return { head: nothing, rest: continued(pieces.takeAll(), iterator) };
    }
  } catch (error) {
    await iterator.return?.();
    throw error;
  }
}

function judge(head: Uint8Array, { isNamed }: IncomingFile, formats: FormSpec['formats']): void {
  checkAudio(head, { isNamed, formats });
}

/** Refuses what begins like no audio that is known, or like none that is taken. */
export function checkAudio(head: Uint8Array, { isNamed = true, formats }: { isNamed?: boolean; formats?: FormSpec['formats'] } = {}): void {
  if (head.length === 0) throw new EarshotError('AUDIO_EMPTY', 'The file has no bytes');
  const format = sniffFormat(head.subarray(0, sniffBytes));
  if (format !== null) {
    if (formats === undefined || formats.has(format)) return;
    throw new EarshotError('AUDIO_FORMAT_UNKNOWN', `The content is ${format}, which is not taken here; send ${[...formats].join(', ')}`);
  }
  const text = Buffer.from(head.subarray(0, 80)).toString('latin1');
  const isText = !isNamed && head.length < 1_000 && /^[\x20-\x7e]+$/.test(text);
  const hint = isText ? `: it is the text "${text}" (curl sends a file as -F file=@${text})` : '';
  throw new EarshotError('AUDIO_FORMAT_UNKNOWN', `The content is of no audio format that is known${hint}`);
}

const faultsOfFiles: ReadonlySet<string> = new Set(['AUDIO_EMPTY', 'AUDIO_FORMAT_UNKNOWN', 'FILE_TOO_LARGE']);

function isOfFile(error: unknown): error is EarshotError {
  return error instanceof EarshotError && faultsOfFiles.has(error.code);
}

/**
 * Faults of one file say which one it is, for people by its name and, behind other files, its place counted from 1. Faults of the body (cut off,
 * too large) already say all there is.
 */
function named(error: unknown, { index, filename, isNamed }: IncomingFile): unknown {
  if (!(error instanceof EarshotError) || error.code === 'BODY_TRUNCATED' || error.code === 'BODY_TOO_LARGE') return error;
  if (error.code === 'REQUEST_INVALID' || error.code === 'TOO_MANY_FILES') return error;
  const { code, detail, members, cause } = error;
  const place = `File ${index + 1}`;
  const name = !isNamed ? place : index === 0 ? filename : `${place} (${filename})`;
  return new EarshotError(code, `${name}: ${detail}`, { members: { ...members, file: index, filename }, cause });
}
