/** How long something took, time after time. */
export interface Timings {
  p50Ms: number;
  p95Ms: number;
  times: number;
}

/** Does something again and again, one after the other. */
export async function timed(times: number, work: (time: number) => Promise<unknown>): Promise<Timings> {
  const tookMs: number[] = [];
  for (let time = 0; time < times; time++) {
    const startMs = performance.now();
    await work(time);
    tookMs.push(performance.now() - startMs);
  }
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => tookMs[Math.min(tookMs.length - 1, Math.floor(share * tookMs.length))] ?? Number.NaN;
  return { p50Ms: at(0.5), p95Ms: at(0.95), times };
}
