import { setTimeout as sleep } from 'node:timers/promises';
import type { Run } from '../run.js';

export interface Answer {
  status: number;
  body: string;
  headers: Headers;
  /** From the request to its answer. */
  answeredMs: number;
}

export interface Request extends RequestInit {
  path: string;
  timeoutMs?: number;
}

const retryMs = 300;

/** Null: the connection was lost or nothing came in time, and nobody knows. */
export async function ask(url: string, { path, timeoutMs = 15_000, ...init }: Request): Promise<Answer | null> {
  const startMs = performance.now();
  try {
    const answer = await fetch(`${url}${path}`, { ...init, signal: AbortSignal.timeout(timeoutMs) });
    return { status: answer.status, body: await answer.text(), headers: answer.headers, answeredMs: performance.now() - startMs };
  } catch {
    return null;
  }
}

/** For requests that may be sent again: goes from gateway to gateway until one of the expected answers comes. */
export async function askUntilAnswered(run: Run, request: Request, expected: readonly number[]): Promise<Answer> {
  for (;;) {
    const answer = await ask(run.gatewayUrl(), request);
    if (answer !== null && expected.includes(answer.status)) return answer;
    noteIfOdd(run, request, answer);
    run.history.repeated += 1;
    await sleep(retryMs);
  }
}

/** No answer, 429 and 5xx are reasons to try again; nobody should get any other answer that is not expected. */
export function noteIfOdd({ history }: Run, { method = 'GET', path }: Request, answer: Answer | null): void {
  if (answer !== null && answer.status < 500 && answer.status !== 429)
    history.oddAnswers.push(`${method} ${path}: ${answer.status} ${answer.body.slice(0, 300)}`);
}
