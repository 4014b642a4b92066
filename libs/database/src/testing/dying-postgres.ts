import { type AddressInfo, createServer } from 'node:net';

/**
 * Speaks as PostgreSQL whose postmaster was killed as it accepted a connection: that it is ready and that it ends come in one piece, so that
 * whoever waited for the connection has not had its turn in between.
 */
export async function startDyingPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([authenticationOk, readyForQuery, fatal])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `postgresql://earshot@127.0.0.1:${port}/postgres`, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** A type, a length that counts itself, the content. */
function message(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + content.length);
  return Buffer.concat([Buffer.from(type), length, content]);
}

const authenticationOk = message('R', Buffer.alloc(4));
const readyForQuery = message('Z', Buffer.from('I'));
const fatal = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'));
