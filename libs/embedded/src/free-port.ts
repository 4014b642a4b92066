import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Below what systems give to whoever asks for any port, as every outgoing connection does: from 32768 on Linux, higher elsewhere. Above
 * 10080, the last port to which fetch and browsers refuse to connect.
 */
const range = [10_081, 32_768] as const;
const triesAtMost = 100;

/** A loopback port that nobody listens on at this moment. Who ends and is started again finds it free, as far as one can know. */
export async function freePort(anyOf: (least: number, below: number) => number = randomInt): Promise<number> {
  for (let tries = 0; tries < triesAtMost; tries++) {
    const port = anyOf(...range);
    if (await isFree(port)) return port;
  }
  throw new Error(`No port is free from ${range[0]} to ${range[1]}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    );
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
