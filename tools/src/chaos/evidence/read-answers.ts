// What callers read, once everything has ended, of the work and the clips that are owed to them.
import { z } from 'zod';
import { ask } from '../load/ask.js';
import type { AcknowledgedWork, StoredClip } from '../load/history.js';
import { knownClip } from '../load/known-clip.js';
import { chaosProfile } from '../load/many-clips.js';
import type { Run } from '../run.js';
import type { ReadClip, ReadWork } from '../verdict/evidence.js';

const itemLine = z.object({
  clipId: z.string(),
  filename: z.string(),
  result: z.object({ frames: z.number().default(0), durationSeconds: z.number(), peak: z.number().default(0) }).nullable(),
});
const vector = z.object({ values: z.array(z.number()) });
const readersAtOnce = 12;

export function readWorks(run: Run): Promise<ReadWork[]> {
  return eachOf(run.history.works, (work) => readWork(run, work));
}

export function readClips(run: Run): Promise<ReadClip[]> {
  return eachOf(run.history.stored, (clip) => readClip(run, clip));
}

async function readWork(run: Run, { jobId, kind }: AcknowledgedWork): Promise<ReadWork> {
  const answer = await ask(run.gatewayUrl(), { path: `/api/v1/jobs/${jobId}/items`, headers: { accept: 'application/jsonl' } });
  if (answer?.status !== 200) return { jobId, status: answer?.status ?? 0, items: null };
  const lines = answer.body.split('\n').filter(Boolean);
  const items = lines.map((line) => itemLine.parse(JSON.parse(line)));
  const read = await Promise.all(
    items.map(async ({ clipId, filename, result }) => ({
      filename,
      frames: result?.frames ?? -1,
      durationSeconds: result?.durationSeconds ?? -1,
      peak: result?.peak ?? -1,
      vector: kind === 'features' && result !== null ? await readVector(run, clipId) : null,
    })),
  );
  return { jobId, status: 200, items: read };
}

async function readVector(run: Run, clipId: string): Promise<number[] | null> {
  const answer = await ask(run.gatewayUrl(), { path: `/api/v1/clips/${clipId}/vectors/${chaosProfile.hash}` });
  return answer?.status === 200 ? vector.parse(JSON.parse(answer.body)).values : null;
}

async function readClip(run: Run, { clipId, clipNumber }: StoredClip): Promise<ReadClip> {
  const answer = await fetch(`${run.gatewayUrl()}/api/v1/clips/${clipId}/audio`).catch(() => null);
  const bytes = new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0));
  return { clipId, status: answer?.status ?? 0, isWhole: Buffer.compare(bytes, knownClip(clipNumber).wav) === 0 };
}

async function eachOf<Item, Result>(items: readonly Item[], read: (item: Item) => Promise<Result>): Promise<Result[]> {
  const waiting = [...items];
  const results: Result[] = [];
  const reader = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) results.push(await read(item));
  };
  await Promise.all(Array.from({ length: readersAtOnce }, reader));
  return results;
}
