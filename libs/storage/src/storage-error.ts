import { finished, PassThrough, type Readable } from 'node:stream';
import { types } from 'node:util';
import { EarshotError, type ErrorCode, isDiskFull } from '@earshot/contracts';

/** Runs one step on the disk; what the system refuses becomes STORAGE_FULL or STORAGE_UNAVAILABLE. */
export async function onDisk<T>(doing: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw diskError(doing, error);
  }
}

/** The same, where the file may be missing: null. */
export async function unlessMissing<T>(doing: string, step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw diskError(doing, error);
  }
}

export function diskError<E>(doing: string, error: E): E | EarshotError {
  const code = systemCode(error);
  if (code === null) return error;
  const earshotCode: ErrorCode = isDiskFull(error) ? 'STORAGE_FULL' : 'STORAGE_UNAVAILABLE';
  return new EarshotError(earshotCode, `${doing}: ${code}`, { cause: error });
}

/** `ENOENT` and the like of a failed system call; null for any other error. */
export function systemCode(error: unknown): string | null {
  return types.isNativeError(error) && 'syscall' in error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** A blob that a row names and the store lacks is our own inconsistency, not the caller's mistake. */
export function missingBlob(sha256: string): EarshotError {
  return new EarshotError('BLOB_LOST', `the blob ${sha256} is not in the store`);
}

export function unsatisfiable(range: { start: number; end: number }, sizeBytes: number | string, cause?: unknown): EarshotError {
  return new EarshotError('RANGE_NOT_SATISFIABLE', `bytes ${range.start}-${range.end} of ${sizeBytes}`, { cause });
}

/** The same bytes; an error half-way, also before anybody reads, arrives as `asCoded` makes it. */
export function withCodedErrors(source: Readable, asCoded: (error: Error) => Error): Readable {
  const out = new PassThrough();
  finished(source, (error) => error && out.destroy(asCoded(error)));
  finished(out, () => source.destroy());
  return source.pipe(out);
}
