/** A file on its way into an archive; exactly `sizeBytes` bytes come. */
export interface ArchiveFile {
  path: string;
  sizeBytes: number;
  open: () => Promise<AsyncIterable<Uint8Array>>;
}

const blockBytes = 512;

/** POSIX tar (pax): each file is a header block, its bytes, and zeros up to a whole block; two blocks of zeros end it. */
export async function* tarOf(files: AsyncIterable<ArchiveFile>): AsyncGenerator<Uint8Array> {
  for await (const { path, sizeBytes, open } of files) {
    const record = paxRecord('path', path);
    yield header({ name: 'pax', type: 'x', sizeBytes: record.length });
    yield padded(record);
    yield header({ name: asciiName(path), type: '0', sizeBytes });
    for await (const chunk of await open()) yield chunk;
    yield new Uint8Array(padding(sizeBytes));
  }
  yield new Uint8Array(2 * blockBytes);
}

/** `LENGTH key=value\n`, where the length counts itself. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = Buffer.from(` ${key}=${value}\n`);
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.concat([Buffer.from(String(length)), rest]);
}

/** ustar: name, mode, owner, size and time in octal, a sum over the block as if its own field were blanks. */
function header({ name, type, sizeBytes }: { name: string; type: '0' | 'x'; sizeBytes: number }): Uint8Array {
  const block = Buffer.alloc(blockBytes);
  block.write(name, 0, 100, 'ascii');
  block.write('0000644\0', 100, 'ascii');
  block.write('0000000\0', 108, 'ascii');
  block.write('0000000\0', 116, 'ascii');
  block.write(`${sizeBytes.toString(8).padStart(11, '0')}\0`, 124, 'ascii');
  block.write('00000000000\0', 136, 'ascii');
  block.fill(' ', 148, 156);
  block.write(type, 156, 'ascii');
  block.write('ustar\u000000', 257, 'ascii');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii');
  return block;
}

/** What readers show that do not know pax. */
function asciiName(path: string): string {
  return path.replace(/[^\x20-\x7e]/g, '_').slice(-100);
}

function padding(sizeBytes: number): number {
  return (blockBytes - (sizeBytes % blockBytes)) % blockBytes;
}

function padded(bytes: Uint8Array): Uint8Array {
  return Buffer.concat([bytes, Buffer.alloc(padding(bytes.length))]);
}
