import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../../random.js';
import type { History } from './history.js';
import { postUpload } from './post-upload.js';

interface UploadersOptions {
  url: string;
  history: History;
  /** Uploads to be acknowledged. */
  target: number;
  /** The time over which they are spread, when all goes well. */
  overMs: number;
  random: Random;
}

const callers = 8;
/** The others carry an idempotency key, and are sent again until they are answered. */
const shareWithoutKey = 0.25;
const retryMs = 300;
/** Uploads come in bursts, so that there is a backlog for those that are killed to hold. */
const burstMs = 2_000;

/** Several callers at once, each of which goes on until what it uploads is acknowledged. */
export async function uploadAll({ url, history, target, overMs, random }: UploadersOptions): Promise<void> {
  const startMs = performance.now();
  let nextTurn = 0;
  let nextClip = 0;
  const bursts = Array.from({ length: Math.ceil(overMs / burstMs) }, (_, n) => n * burstMs + random.between(0, burstMs));
  const call = async (): Promise<void> => {
    for (let turn = nextTurn++; turn < target; turn = nextTurn++) {
      const dueMs = bursts[Math.floor((turn / target) * bursts.length)] ?? 0;
      await sleep(Math.max(0, startMs + dueMs - performance.now()));
      const isKeyed = random.next() >= shareWithoutKey;
      for (let isDone = false; !isDone; ) isDone = isKeyed ? await keyed(nextClip++) : await once(nextClip++);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));

  async function keyed(clipNumber: number): Promise<boolean> {
    for (const key = `upload-${clipNumber}`; ; history.repeated += 1) {
      const answer = await postUpload(url, clipNumber, { key });
      if (answer?.jobId) return acknowledge(clipNumber, answer.jobId, true, answer.answeredMs);
      if (answer !== null && answer.status < 500) history.oddAnswers.push(`${answer.status} ${answer.body.slice(0, 300)}`);
      await sleep(retryMs);
    }
  }

  /** Without a key nobody may send it again: if it is not answered, another clip takes its place. */
  async function once(clipNumber: number): Promise<boolean> {
    const answer = await postUpload(url, clipNumber);
    if (answer?.jobId) return acknowledge(clipNumber, answer.jobId, false, answer.answeredMs);
    history.unanswered += 1;
    if (answer !== null && answer.status < 500) history.oddAnswers.push(`${answer.status} ${answer.body.slice(0, 300)}`);
    await sleep(retryMs);
    return false;
  }

  function acknowledge(clipNumber: number, jobId: string, isKeyed: boolean, answeredMs: number): true {
    history.uploads.push({ clipNumber, jobId, isKeyed, answeredMs });
    return true;
  }
}
