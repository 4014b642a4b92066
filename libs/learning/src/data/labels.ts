/** How many rows have each label. */
export function labelCounts(codes: Int32Array, labelCount: number): Int32Array {
  const counts = new Int32Array(labelCount);
  for (const code of codes) counts[code]!++;
  return counts;
}

/**
 * Weights that let every label count the same: rows / (labels that occur · rows of the label), 0 for a label without rows.
 * Reference: scikit-learn `compute_class_weight('balanced')`.
 */
export function balancedClassWeights(codes: Int32Array, labelCount: number): Float64Array {
  const counts = labelCounts(codes, labelCount);
  const occurring = counts.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
  return Float64Array.from(counts, (count) => (count > 0 ? codes.length / (occurring * count) : 0));
}
