// What the benches of requests that are waited for have in common: who asks, for how long, and what is told of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { printLine } from '../../print-line.js';
import { pinTo } from '../../stack/pinning.js';
import { doorbells } from '../../stack/servers.js';
import { getK6, type K6Summary, runK6 } from './k6.js';
import type { DescribeStack } from './stack.js';
import { memoryMb, usageOf, usagePerRequest } from './usage.js';

export interface Load {
  k6: string;
  callers: number[];
  seconds: number;
  children: number;
}

/** Of `parseArgs`. */
export const loadOptions = {
  callers: { type: 'string', default: '8,32' },
  doorbells: { type: 'string', default: doorbells.join(',') },
  seconds: { type: 'string', default: '10' },
  cpus: { type: 'string', default: '0,1' },
} as const;

const warmUpSeconds = 6;
/** PostgreSQL brings its statistics out once a second. */
const statisticsDelayMs = 1_100;

/** The load that was asked for, on the processors that were named, and the doorbells. */
export function readLoad(values: Record<keyof typeof loadOptions, string>) {
  const children = values.cpus.split(',').length;
  const load: Load = { k6: getK6(), callers: values.callers.split(',').map(Number), seconds: Number(values.seconds), children };
  printLine({ pinned: pinTo(values.cpus), node: process.version, sandboxChildren: children });
  return { load, wanted: doorbells.filter((name) => values.doorbells.split(',').includes(name)) };
}

export function warmUp({ k6, callers }: Load, url: string, route?: string): Promise<K6Summary> {
  return runK6(k6, { url, route, callers: Math.max(...callers), seconds: warmUpSeconds });
}

/** What came of each number of callers, and what a request of theirs cost where. */
export async function* measured(stack: DescribeStack, { k6, callers, seconds }: Load, route?: string) {
  const { url } = stack.gateway;
  for (const count of callers) {
    await sleep(statisticsDelayMs);
    const before = await usageOf(stack);
    const summary = await runK6(k6, { url, route, callers: count, seconds });
    const pssMb = memoryMb(stack);
    await sleep(statisticsDelayMs);
    yield { count, summary, usage: usagePerRequest(before, await usageOf(stack), summary.requests), pssMb };
  }
}

export function told({ requests, seconds, p50Ms, p95Ms, maxMs }: K6Summary, callers: number) {
  const requestsPerSecond = rounded(requests / seconds);
  return { callers, requests, requestsPerSecond, p50Ms: rounded(p50Ms), p95Ms: rounded(p95Ms), maxMs: rounded(maxMs) };
}

export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
