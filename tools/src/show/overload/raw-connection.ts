import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What a request came to, and after how long. */
export interface RawAnswer {
  /** 0: the connection was lost. */
  status: number;
  /** 0: nothing was said of it. */
  retryAfterSeconds: number;
  body: string;
  ms: number;
}

const freshMs = 4_000;

/**
 * A connection with one request at a time, which does no more of HTTP than Earshot's answers need: whoever asks thousands of times a second
 * shares its processors with who answers.
 */
export class RawConnection {
  private readonly socket: Socket;
  private received = '';
  private sentMs = 0;
  private usedMs = performance.now();
  private tell: ((answer: RawAnswer) => void) | null = null;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (text) => this.take(String(text)));
    this.socket.on('error', () => undefined);
    this.socket.on('close', () => this.end({ status: 0, retryAfterSeconds: 0, body: '' }));
  }

  /** One that is there, before anything is measured on it. */
  static async opened(url: string): Promise<RawConnection> {
    const connection = new RawConnection(url);
    await once(connection.socket, 'connect');
    return connection;
  }

  /** Whether it may be asked: what has been idle for nearly as long as the gateway keeps it may just be ending. */
  get isOpen(): boolean {
    return !this.socket.destroyed && this.socket.writable && performance.now() - this.usedMs < freshMs;
  }

  /** Sends the bytes of a whole request, head and body. */
  ask(request: Uint8Array): Promise<RawAnswer> {
    this.sentMs = performance.now();
    this.socket.write(request);
    return new Promise((resolve) => (this.tell = resolve));
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.slice(0, headEnd);
    const answerEnd = headEnd + 4 + numberAfter(head, '\r\ncontent-length: ');
    if (this.received.length < answerEnd) return;
    const body = this.received.slice(headEnd + 4, answerEnd);
    this.received = this.received.slice(answerEnd);
    if (/\r\nconnection: close/i.test(head)) this.socket.destroy();
    this.end({ status: numberAfter(head, 'http/1.1 '), retryAfterSeconds: numberAfter(head, '\r\nretry-after: '), body });
  }

  private end(answer: Omit<RawAnswer, 'ms'>): void {
    this.usedMs = performance.now();
    this.tell?.({ ...answer, ms: performance.now() - this.sentMs });
    this.tell = null;
  }
}

/** The number after those words of the head, which are written in small letters; 0 without them. */
function numberAfter(head: string, words: string): number {
  const at = head.toLowerCase().indexOf(words);
  return at < 0 ? 0 : Number.parseInt(head.slice(at + words.length, at + words.length + 12), 10);
}
