import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 262_144;

/** The bytes of a file, piece by piece. */
export function* readInPieces(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const piece = new Uint8Array(pieceBytes);
      const count = readSync(file, piece);
      if (count === 0) return;
      yield piece.subarray(0, count);
    }
  } finally {
    closeSync(file);
  }
}
