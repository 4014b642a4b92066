import { quantile } from './quantiles.js';

/** How long something took, time after time. */
export interface Timings {
  p50Ms: number;
  p95Ms: number;
  times: number;
}

/** Does something again and again, one after the other. */
export async function timedOften(times: number, work: (time: number) => Promise<unknown>): Promise<Timings> {
  const tookMs: number[] = [];
  for (let time = 0; time < times; time++) {
    const startMs = performance.now();
    await work(time);
    tookMs.push(performance.now() - startMs);
  }
  tookMs.sort((a, b) => a - b);
  return { p50Ms: quantile(tookMs, 0.5), p95Ms: quantile(tookMs, 0.95), times };
}
