import { closeSync, constants, fstatSync, openSync, read, unlinkSync } from 'node:fs';
import { promisify } from 'node:util';

const readFrom = promisify(read);

/** A link is not followed, and a pipe or a device opens at once. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The bytes of a large result, from where the child was to put it; throws at anything but a file that it wrote, and at one that is too large. */
export async function readResultFile(path: string, mostBytes: number): Promise<Buffer> {
  // Opened before anything is awaited: the child's folder may go at any moment, an open file stays.
  const file = openSync(path, flags);
  try {
    unlinkSync(path);
    const found = fstatSync(file);
    if (!found.isFile() || found.nlink > 0) throw new Error('the result is no file of its own');
    if (found.size > mostBytes) throw new RangeError(`the result has ${found.size} bytes, limit ${mostBytes}`);
    return await readWhole(file, found.size);
  } finally {
    closeSync(file);
  }
}

/** As many bytes as were seen, even when the file has grown meanwhile. */
async function readWhole(file: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(sizeBytes);
  for (let done = 0; done < sizeBytes; ) {
    const { bytesRead } = await readFrom(file, bytes, done, sizeBytes - done, done);
    if (bytesRead === 0) throw new Error('the result became shorter while it was read');
    done += bytesRead;
  }
  return bytes;
}
