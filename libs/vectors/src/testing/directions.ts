/** Vectors of length 1 in clusters, as sounds are, always the same for a seed. */
export function directions(
  count: number,
  dimensions: number,
  { seed = 1, clusters = Math.max(4, Math.round(count / 50)) } = {},
): Float32Array[] {
  let state = seed;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' generator
    return (state + 0.5) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const centres = Array.from({ length: clusters }, () => Float32Array.from({ length: dimensions }, normal));
  return Array.from({ length: count }, (_, i) => {
    const vector = Float32Array.from(centres[i % clusters] ?? [], (centre) => centre + 0.8 * normal());
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  });
}
