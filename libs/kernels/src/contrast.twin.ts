/** The oracle of `quadContrast`, of one frame: 20·log₁₀ of the mean of each band's top tenth over that of its lowest tenth. */
export function contrastTwin(magnitudes: Float32Array, edges: ArrayLike<number>): number[] {
  return Array.from({ length: edges.length - 1 }, (_, band) => {
    const sorted = magnitudes.slice(edges[band], edges[band + 1]).toSorted();
    const m = Math.max(1, Math.floor(sorted.length / 10));
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / m;
    return 20 * Math.log10((mean(sorted.subarray(-m)) + 1e-6) / (mean(sorted.subarray(0, m)) + 1e-6));
  });
}
