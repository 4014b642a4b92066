import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const pieceBytes = 262_144;

/** The bytes of a file, piece by piece; a small file comes in one. Each lasts until the next, which comes in the same memory. */
export function* readInPieces(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, 'r');
  try {
    let leftBytes = fstatSync(file).size;
    const piece = new Uint8Array(Math.min(leftBytes, pieceBytes));
    while (leftBytes > 0) {
      const count = readSync(file, piece, 0, Math.min(leftBytes, piece.length), null);
      if (count === 0) return;
      leftBytes -= count;
      yield count < piece.length ? piece.subarray(0, count) : piece;
    }
  } finally {
    closeSync(file);
  }
}
