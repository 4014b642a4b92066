import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const pieceBytes = 262_144;

/** The bytes of a file, piece by piece; a small file comes in one. */
export function* readInPieces(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, 'r');
  try {
    for (let leftBytes = fstatSync(file).size; leftBytes > 0; ) {
      const piece = new Uint8Array(Math.min(leftBytes, pieceBytes));
      const count = readSync(file, piece);
      if (count === 0) return;
      leftBytes -= count;
      yield count < piece.length ? piece.subarray(0, count) : piece;
    }
  } finally {
    closeSync(file);
  }
}
