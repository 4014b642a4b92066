import { connect, type Socket } from 'node:net';
import { noiseWav } from '../../stack/noise-wav.js';
import { callers } from './overload-stack.js';

/** Uploads that begin, send most of a megabyte and then nothing more. */
export class StalledUploads {
  private readonly sockets: Socket[] = [];
  /** First lines of what they were told. */
  readonly answers: string[] = [];

  constructor(url: string, count: number) {
    const { hostname, port } = new URL(url);
    const head = [
      'POST /api/v1/descriptions HTTP/1.1',
      `Host: ${hostname}:${port}`,
      `X-API-Key: ${callers.greedy.key}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 10000000',
      '',
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n',
    ].join('\r\n');
    const body = noiseWav(1, 20).subarray(0, 800_000);
    for (let n = 0; n < count; n++) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.once('data', (data) => this.answers.push(data.toString('latin1').split('\r\n', 1)[0] ?? ''));
      socket.write(head);
      socket.write(body);
      this.sockets.push(socket);
    }
  }

  /** How many are still open. */
  get open(): number {
    return this.sockets.filter(({ destroyed, readableEnded }) => !destroyed && !readableEnded).length;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
  }
}
