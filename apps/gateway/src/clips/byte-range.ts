import { EarshotError } from '@earshot/contracts';
import type { ByteRange } from '@earshot/storage';

/**
 * The one range that a Range header asks for; null for the whole file: no header, another unit, a form that is not valid (RFC 9110 has
 * those ignored), or several ranges at once. RANGE_NOT_SATISFIABLE when it begins past the end.
 */
export function byteRange(header: string | undefined, sizeBytes: number): ByteRange | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(header?.replaceAll(' ', '') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') return suffix(Number(last), sizeBytes);
  const start = Number(first);
  const end = last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (last !== '' && Number(last) < start) return null;
  if (start >= sizeBytes) throw unsatisfiable(sizeBytes);
  return { start, end };
}

function suffix(lengthBytes: number, sizeBytes: number): ByteRange {
  if (lengthBytes === 0 || sizeBytes === 0) throw unsatisfiable(sizeBytes);
  return { start: Math.max(0, sizeBytes - lengthBytes), end: sizeBytes - 1 };
}

function unsatisfiable(sizeBytes: number): EarshotError {
  return new EarshotError('RANGE_NOT_SATISFIABLE', `The file has ${sizeBytes} bytes`, { members: { sizeBytes } });
}
