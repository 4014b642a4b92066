import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Run } from '../run.js';
import { ask, askUntilAnswered, noteIfOdd } from './ask.js';
import type { AcknowledgedWork } from './history.js';
import { knownClip } from './known-clip.js';

const accepted = z.object({ id: z.string() });
const uploaded = z.object({ items: z.array(z.object({ id: z.string() })) });

interface Work {
  kind: AcknowledgedWork['kind'];
  path: string;
  body: FormData | string;
  contentType?: string;
  clips: readonly number[];
}

export function filesOf(clipNumbers: readonly number[]): FormData {
  const body = new FormData();
  for (const number of clipNumbers) body.append('file', new Blob([knownClip(number).wav], { type: 'audio/wav' }), `clip-${number}.wav`);
  return body;
}

/** Under a key: sent again until it is accepted. */
export async function postKeyed(run: Run, work: Work): Promise<AcknowledgedWork> {
  const answer = await askUntilAnswered(run, { ...requestOf(work), headers: headersOf(work, randomUUID()) }, [202]);
  return acknowledgedBy(answer, work, true);
}

/** Without a key nobody may send it again. Null: it was not accepted, as far as its caller knows. */
export async function postOnce(run: Run, work: Work): Promise<AcknowledgedWork | null> {
  const request = { ...requestOf(work), headers: headersOf(work, null) };
  const answer = await ask(run.gatewayUrl(), request);
  if (answer?.status === 202) return acknowledgedBy(answer, work, false);
  noteIfOdd(run, request, answer);
  run.history.unanswered += work.clips.length;
  return null;
}

/** Stores clips without asking for work; returns their ids in the order of their numbers. */
export async function storeClips(run: Run, clipNumbers: readonly number[]): Promise<string[]> {
  const request = { path: '/api/v1/clips', method: 'POST', body: filesOf(clipNumbers), headers: { 'idempotency-key': randomUUID() } };
  const { body } = await askUntilAnswered(run, request, [201]);
  return uploaded.parse(JSON.parse(body)).items.map(({ id }) => id);
}

function requestOf({ path, body }: Work) {
  return { path, method: 'POST', body };
}

function headersOf({ contentType }: Work, key: string | null): Record<string, string> {
  return {
    prefer: 'respond-async',
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(key === null ? {} : { 'idempotency-key': key }),
  };
}

function acknowledgedBy(
  { body, answeredMs }: { body: string; answeredMs: number },
  { kind, clips }: Work,
  isKeyed: boolean,
): AcknowledgedWork {
  return { jobId: accepted.parse(JSON.parse(body)).id, kind, clips, isKeyed, answeredMs };
}
