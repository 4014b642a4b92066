/** Round values from 0 to below `end`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function roundTicks(end: number, count: number): { values: number[]; decimals: number } {
  if (!(end > 0)) return { values: [0], decimals: 0 };
  const rough = end / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { values: Array.from({ length: Math.ceil(end / step) }, (_, i) => i * step), decimals };
}

/** Slaney's mel scale: linear up to 1 kHz, 27 mels for each factor of 6.4 above. */
export function melOf(hz: number): number {
  return hz < 1_000 ? (3 * hz) / 200 : 15 + (27 * Math.log(hz / 1_000)) / Math.log(6.4);
}
