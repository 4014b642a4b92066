/** The oracle of `quadRows`: what becomes of `matrix`. */
export function rowsTwin(frames: readonly ArrayLike<number>[], matrix: Float32Array, stride: number): Float32Array {
  const out = matrix.slice();
  for (const [t, frame] of frames.entries()) for (let row = 0; row < frame.length; row++) out[row * stride + t] = frame[row]!;
  return out;
}
