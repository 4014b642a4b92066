import { EarshotError } from '@earshot/contracts';

const blockBytes = 512;

/** The files of a small tar archive, by their names. What is no plain file is passed over: nothing is ever unpacked to a disk. */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (let at = 0; at + blockBytes <= archive.length; ) {
    const header = archive.subarray(at, at + blockBytes);
    if (header.every((byte) => byte === 0)) return files;
    checkSum(header);
    const sizeBytes = octal(header, 124, 12);
    const begin = at + blockBytes;
    if (begin + sizeBytes > archive.length) throw invalid(`ends within ${textOf(header, 0, 100)}`);
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === '0' || type === '\0') files.set(textOf(header, 0, 100), archive.subarray(begin, begin + sizeBytes));
    at = begin + Math.ceil(sizeBytes / blockBytes) * blockBytes;
  }
  throw invalid('has no end');
}

/** The sum of a header's bytes, its own field taken for blanks. */
function checkSum(header: Uint8Array): void {
  let sum = 0;
  for (let i = 0; i < blockBytes; i++) sum += i >= 148 && i < 156 ? 32 : (header[i] ?? 0);
  if (sum !== octal(header, 148, 8)) throw invalid('has a block that is no header of a file');
}

function octal(header: Uint8Array, start: number, length: number): number {
  const text = textOf(header, start, length).trim();
  if (!/^[0-7]{1,12}$/.test(text)) throw invalid('has a number that is none');
  return Number.parseInt(text, 8);
}

function textOf(header: Uint8Array, start: number, length: number): string {
  const field = Buffer.from(header.subarray(start, start + length));
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
}

function invalid(what: string): EarshotError {
  return new EarshotError('BODY_MALFORMED', `The body is no tar archive: it ${what}`);
}
