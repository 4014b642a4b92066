/** Columns with those that fill the last panel of the matrix product. */
export function room(columns: number): number {
  return Math.ceil(columns / 8) * 8;
}
