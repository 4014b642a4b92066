// How parent and child talk: over a socket, each message as its length and its bytes. Not over the channel that Node has for its children,
// for which a child is a friend: it can send its parent handles, a message of 4 GB, or bytes whose reading throws where nobody catches.
import { pack, unpack } from './packed.js';

const headBytes = 4;

/** A message as it goes over the socket. */
export function frameOf(message: unknown): Buffer {
  const body = pack(message);
  const frame = Buffer.allocUnsafe(headBytes + body.length);
  frame.writeUInt32LE(body.length);
  frame.set(body, headBytes);
  return frame;
}

/** Puts together what comes in pieces; throws at a message that is longer than allowed, or none. */
export class FrameReader {
  private pieces: Buffer[] = [];
  private heldBytes = 0;

  constructor(
    private readonly mostBytes = Number.POSITIVE_INFINITY,
    private readonly mostValues = Number.POSITIVE_INFINITY,
  ) {}

  /** The messages that are whole with this piece. */
  *read(piece: Buffer): Generator<unknown, void> {
    this.pieces.push(piece);
    this.heldBytes += piece.length;
    while (this.heldBytes >= headBytes) {
      const bodyBytes = this.joined(headBytes).readUInt32LE();
      if (bodyBytes > this.mostBytes) throw new RangeError(`a message of ${bodyBytes} bytes, at most ${this.mostBytes} are allowed`);
      if (this.heldBytes < headBytes + bodyBytes) return;
      const held = this.joined(headBytes + bodyBytes);
      this.pieces = [held.subarray(headBytes + bodyBytes)];
      this.heldBytes -= headBytes + bodyBytes;
      yield unpack(held.subarray(headBytes, headBytes + bodyBytes), this.mostValues);
    }
  }

  /** What is held, with at least so many bytes in one piece at its beginning. */
  private joined(bytes: number): Buffer {
    if (this.pieces[0]!.length < bytes) this.pieces = [Buffer.concat(this.pieces)];
    return this.pieces[0]!;
  }
}
