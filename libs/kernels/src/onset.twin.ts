/** The oracle of `quadOnset`, of one frame and the one before it. */
export function onsetTwin(db: ArrayLike<number>, before: ArrayLike<number>, floor: number, aggregate: 'mean' | 'median'): number {
  const rise = Float64Array.from(db, (value, b) => Math.max(0, Math.max(floor, value) - Math.max(floor, before[b]!)));
  if (aggregate === 'mean') return rise.reduce((sum, value) => sum + value, 0) / rise.length;
  const sorted = rise.toSorted();
  const middle = sorted.length / 2;
  return (sorted[middle - 1]! + sorted[middle]!) / 2;
}
