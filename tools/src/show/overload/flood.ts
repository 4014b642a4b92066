import { setTimeout as sleep } from 'node:timers/promises';
import { knownClip } from '../../chaos/load/known-clip.js';
import { quantile } from './modest.js';
import { callers } from './overload-stack.js';
import { type Answered, formOf, post } from './sender.js';

/** Requests under way at once: whoever sends more only waits for his own. */
const atOnce = 300;

export interface FloodReport {
  offeredPerSecond: number;
  sent: number;
  accepted: number;
  refused: Record<string, number>;
  /** Refusals that were none of 429 and 503, or did not say when to come again. */
  wrong: number;
  acceptedP50Ms: number;
  acceptedP99Ms: number;
  longestRetryAfter: number;
}

/** Uploads clips to be described, so many a second, without waiting for their descriptions. */
export async function flood(url: string, { perSecond, seconds }: { perSecond: number; seconds: number }) {
  const answers: Answered[] = [];
  const underWay = new Set<Promise<void>>();
  const forms = Array.from({ length: 1_000 }, (_, n) => formOf([knownClip(n).wav]));
  const startMs = performance.now();
  const elapsedSeconds = () => (performance.now() - startMs) / 1_000;
  let sent = 0;
  while (elapsedSeconds() < seconds) {
    while (sent < elapsedSeconds() * perSecond && underWay.size < atOnce) {
      const form = forms[sent++ % forms.length] ?? formOf([]);
      const one = post(url, '/api/v1/descriptions', callers.greedy, form).then((answer) => {
        answers.push(answer);
        underWay.delete(one);
      });
      underWay.add(one);
    }
    await sleep(2);
  }
  await Promise.all(underWay);
  return {
    jobIds: answers.flatMap(({ status, body }) => (status === 202 ? [idOf(body)] : [])),
    report: reportOf(answers, perSecond, sent),
  };
}

function reportOf(answers: readonly Answered[], offeredPerSecond: number, sent: number): FloodReport {
  const accepted = answers.filter(({ status }) => status === 202);
  const others = answers.filter(({ status }) => status !== 202);
  const refused: Record<string, number> = {};
  for (const { status } of others) refused[status] = (refused[status] ?? 0) + 1;
  const ms = accepted.map((answer) => answer.ms).sort((a, b) => a - b);
  return {
    offeredPerSecond,
    sent,
    accepted: accepted.length,
    refused,
    wrong: others.filter(({ status, retryAfter }) => !(status === 429 || status === 503) || !(Number(retryAfter) >= 1)).length,
    acceptedP50Ms: quantile(ms, 0.5),
    acceptedP99Ms: quantile(ms, 0.99),
    longestRetryAfter: Math.max(0, ...others.map(({ retryAfter }) => Number(retryAfter ?? 0))),
  };
}

function idOf(body: string): string {
  const { id }: { id: string } = JSON.parse(body);
  return id;
}
