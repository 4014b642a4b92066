import { setTimeout as sleep } from 'node:timers/promises';
import { noiseWav } from '../../stack/noise-wav.js';
import { callers } from './overload-stack.js';
import { type Answered, formOf, post, waited } from './sender.js';

let clipNumber = 1_000_000;

/** One clip of a second, described while its caller waits. */
function askOnce(url: string): Promise<Answered> {
  return post(url, '/api/v1/descriptions', callers.modest, waited(formOf([noiseWav(clipNumber++)])));
}

/** One after the other until `isOver`, with a pause between them. */
export async function askAgainAndAgain(url: string, isOver: () => boolean, pauseMs: number): Promise<Answered[]> {
  const answers: Answered[] = [];
  while (!isOver()) {
    answers.push(await askOnce(url));
    await sleep(pauseMs);
  }
  return answers;
}

export async function askTimes(url: string, times: number): Promise<Answered[]> {
  let n = 0;
  return askAgainAndAgain(url, () => n++ === times, 20);
}

export interface Latency {
  requests: number;
  failed: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
}

/** Of answers that were waited for; what is no result counts as failed. */
export function latencyOf(answers: readonly Answered[]): Latency {
  const ms = answers.map((answer) => answer.ms).sort((a, b) => a - b);
  return {
    requests: answers.length,
    failed: answers.filter(({ status }) => status !== 200).length,
    p50Ms: quantile(ms, 0.5),
    p95Ms: quantile(ms, 0.95),
    maxMs: quantile(ms, 1),
  };
}

/** Of sorted values, rounded. */
export function quantile(sorted: readonly number[], share: number): number {
  return Math.round(sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN);
}
