/** Between the most probable label and the next: 0 is a coin that is tossed, 1 is certain. */
export function marginOf({ scores }: { scores: readonly { score: number }[] }): number {
  const [first, second] = scores.map(({ score }) => score).toSorted((a, b) => b - a);
  return (first ?? 0) - (second ?? 0);
}

/** Unsure ones first; of equals the order stays. */
export function unsureFirst<T extends { margin: number }>(results: readonly T[]): T[] {
  return results.toSorted((a, b) => a.margin - b.margin);
}
