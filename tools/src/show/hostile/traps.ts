import { readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';

/** A server that must not be called. */
export async function trapServer(): Promise<{ url: string; connectionCount(): number; close(): void }> {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return { url: `http://127.0.0.1:${port}/secret.ts`, connectionCount: () => connections, close: () => void server.close() };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
  return address;
}

/** Another job's file, which must not be read. */
export class TrapFile {
  private readonly canTell: boolean;

  constructor(
    readonly path: string,
    bytes: Uint8Array,
  ) {
    writeFileSync(path, bytes);
    setTimeOfReading(path);
    readFileSync(path);
    this.canTell = hasBeenRead(path); // a file system may be mounted without times of reading
    setTimeOfReading(path);
  }

  /** Null where the file system does not tell. */
  wasRead(): boolean | null {
    return this.canTell ? hasBeenRead(this.path) : null;
  }
}

// Older than the time of writing, or else file systems do not care to note the next reading.
const longAgo = new Date(0);

const setTimeOfReading = (path: string): void => utimesSync(path, longAgo, new Date());

const hasBeenRead = (path: string): boolean => statSync(path).atimeMs !== longAgo.getTime();
