/*
 * Puts a matrix of rows × columns into panels of eight columns, [column/8][row][8], zeros past the last column: what `convolve` reads.
 *
 *     out[c/8][t·rows + r][c mod 8] = m[tap(t)·tapStride + r·rowStride + c·columnStride]       strides in bytes
 *
 * Weights as they are ([taps · inputs][outputs], one tap, rows = taps · inputs), or turned for the gradient of the input: taps picked and
 * ordered by `tapIndexes` (i32), rows = outputs, columns = inputs.
 */
export function packPanels(
  m: usize,
  tapIndexes: usize,
  taps: i32,
  tapStride: i32,
  rows: i32,
  rowStride: i32,
  columns: i32,
  columnStride: i32,
  out: usize,
): void {
  for (let c = 0; c < columns; c += 8) {
    const count = min(8, columns - c);
    for (let t = 0; t < taps; t++) {
      let from = m + load<i32>(tapIndexes + (<usize>t << 2)) * tapStride + c * columnStride;
      for (let r = 0; r < rows; r++, from += rowStride, out += 32) {
        let i = 0;
        for (; i < count; i++) store<f32>(out + (<usize>i << 2), load<f32>(from + i * columnStride));
        for (; i < 8; i++) store<f32>(out + (<usize>i << 2), 0);
      }
    }
  }
}

/** Copies images of `rows` rows of `rowBytes` into the middle of larger ones, whose margins stay what they are. */
export function place(from: usize, images: i32, rows: i32, rowBytes: usize, to: usize, toRow: usize, toImage: usize): void {
  for (let image = 0; image < images; image++, to += toImage) {
    for (let row = 0, p = to; row < rows; row++, p += toRow, from += rowBytes) memory.copy(p, from, rowBytes);
  }
}
