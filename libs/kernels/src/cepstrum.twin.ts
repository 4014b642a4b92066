/** The oracle of `quadCepstrum`, of one frame: c[k] = s[k]·Σ_b max(floor, db[b])·cos(π·k·(2b + 1)/(2B)). */
export function cepstrumTwin(db: ArrayLike<number>, floor: number, coefficientCount: number): Float64Array {
  const B = db.length;
  return Float64Array.from({ length: coefficientCount }, (_, k) => {
    let sum = 0;
    for (let b = 0; b < B; b++) sum += Math.max(floor, db[b]!) * Math.cos((Math.PI * k * (2 * b + 1)) / (2 * B));
    return Math.sqrt((k === 0 ? 1 : 2) / B) * sum;
  });
}
