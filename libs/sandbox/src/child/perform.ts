import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EarshotError, isDiskFull } from '@earshot/contracts';
import { mostDetailChars } from '../pool/failure.js';
import type { FunctionContext } from '../pool/function-table.js';
import { type CallMessage, type FailureMessage, largestInlineBytes, type Reply, resultFile } from '../pool/messages.js';
import { pack } from '../pool/packed.js';
import type { Decoding } from './decoding.js';

type Bodies = Readonly<Record<string, (input: unknown, context: FunctionContext) => unknown>>;

/** Runs one call to its reply: whatever it throws becomes a message, and what it left in its working folder goes. */
export async function perform(
  { id, name, input, outputBytes, outputValues }: CallMessage,
  functions: Bodies,
  folder: string,
  decoding: Decoding,
): Promise<Reply> {
  const workingFolder = join(folder, `call-${id}`);
  let folderMade = false;
  const context = {
    workingFolder() {
      if (!folderMade) mkdirSync(workingFolder, { mode: 0o700 });
      folderMade = true;
      return workingFolder;
    },
    ffmpeg: (path: string) => decoding.decode(id, path),
  };
  try {
    const body = functions[name];
    if (!body) throw new Error(`the functions module has no '${name}'`);
    const bytes = pack(await body(input, context), outputValues);
    if (bytes.byteLength > outputBytes) throw new EarshotError('OUTPUT_TOO_LARGE', `${bytes.byteLength} bytes, limit ${outputBytes} bytes`);
    if (bytes.byteLength <= largestInlineBytes) return { kind: 'result', id, bytes };
    writeFileSync(resultFile(folder, id), bytes, { mode: 0o600 });
    return { kind: 'file', id };
  } catch (error) {
    return { kind: 'failure', id, failure: failureOf(error) };
  } finally {
    if (folderMade) rmSync(workingFolder, { recursive: true, force: true });
  }
}

function failureOf(error: unknown): FailureMessage {
  if (error instanceof EarshotError) return { code: error.code, detail: error.detail, members: error.members };
  if (isDiskFull(error)) return { code: 'STORAGE_FULL', detail: 'the disk of the sandbox is full', members: {} };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: null, detail: detail.slice(0, mostDetailChars), members: {} };
}
