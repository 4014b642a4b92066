/** How a codec is fed: a few bytes of a hostile file may be a second of sound, and all that a piece holds lies in memory at once. */
export interface Pieces {
  of(bytes: Uint8Array): Iterable<Uint8Array>;
  /** What was kept for a piece that never became whole. */
  rest(): Uint8Array;
}

export class EvenPieces implements Pieces {
  constructor(private readonly pieceBytes: number) {}

  *of(bytes: Uint8Array): Generator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += this.pieceBytes) yield bytes.subarray(at, at + this.pieceBytes);
  }

  rest(): Uint8Array {
    return new Uint8Array(0);
  }
}
