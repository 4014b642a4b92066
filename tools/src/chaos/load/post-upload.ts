import { z } from 'zod';
import { knownClip } from './known-clip.js';

const accepted = z.object({ id: z.string() });

export interface PostedUpload {
  status: number;
  /** Of the job, when it was accepted. */
  jobId: string | null;
  body: string;
  isReplayed: boolean;
  /** When somebody who was refused for now is to come again; null without a refusal. */
  retryAfterMs: number | null;
  answeredMs: number;
}

/** No answer came: the connection was lost under way, and nobody knows; or nobody was there to be asked. */
export class Unanswered {
  constructor(readonly wasUnderWay: boolean) {}
}

/** Uploads one clip to be described, without waiting for its description. */
export async function postUpload(
  url: string,
  clipNumber: number,
  { key = null, timeoutMs = 15_000 }: { key?: string | null; timeoutMs?: number } = {},
): Promise<PostedUpload | Unanswered> {
  const body = new FormData();
  body.append('file', new Blob([knownClip(clipNumber).wav], { type: 'audio/wav' }), `clip-${clipNumber}.wav`);
  const startMs = performance.now();
  try {
    const answer = await fetch(`${url}/api/v1/descriptions`, {
      method: 'POST',
      body,
      headers: { prefer: 'respond-async', ...(key === null ? {} : { 'idempotency-key': key }) },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      jobId: answer.status === 202 ? accepted.parse(JSON.parse(text)).id : null,
      body: text,
      isReplayed: answer.headers.get('idempotency-replayed') === 'true',
      retryAfterMs: retryAfterMs(answer),
      answeredMs: performance.now() - startMs,
    };
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) throw error;
    return new Unanswered(codeOf(error) !== 'ECONNREFUSED');
  }
}

const codeOf = (error: unknown): unknown => Object(Object(error).cause).code;

function retryAfterMs({ status, headers }: Response): number | null {
  const seconds = headers.get('retry-after');
  return (status === 429 || status === 503) && seconds !== null ? 1_000 * Number(seconds) : null;
}
