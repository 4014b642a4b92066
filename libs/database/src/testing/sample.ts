// Rows that the specs of this library ask for.
import { createHash, randomUUID } from 'node:crypto';
import type { PlannedPart, PlannedStage } from '@earshot/contracts';
import type { AcceptRequest, KeyedAnswer, NewClip, NewJob } from '../hot/accept.js';

/** What the workers of these specs can do. */
export const sampleAbility = [{ name: 'sample.only', version: 1 }];

export function samplePart(changes: Partial<PlannedPart> = {}): PlannedPart {
  return { task: 'sample.only', version: 1, queue: 'extract', slot: 'short', itemsPerTask: 2, countOf: null, ...changes };
}

export const sampleStage: PlannedStage = { name: 'only', parts: [samplePart()] };

export function sampleClip(content: string = randomUUID()): NewClip {
  return {
    id: randomUUID(),
    sha256: createHash('sha256').update(content).digest('hex'),
    filename: `${content}.wav`,
    sizeBytes: content.length,
  };
}

export function sampleJob(changes: Partial<NewJob> = {}): NewJob {
  const job = {
    id: randomUUID(),
    kind: 'sample',
    input: {},
    metadata: {},
    priority: 5,
    stages: [sampleStage],
    waiter: null,
    deadlineAt: null,
    retryOf: null,
  };
  return { ...job, ...changes };
}

/** A request that uploads clips and asks for a job over them. */
export function sampleRequest(
  workspaceId: string,
  clips: NewClip[],
  { job = sampleJob(), keyed = null }: { job?: NewJob | null; keyed?: KeyedAnswer | null } = {},
): AcceptRequest {
  const items = clips.map(({ id: clipId }) => ({ clipId, customId: null }));
  return { requestId: randomUUID(), workspaceId, createdAt: new Date(), clips, job: job === null ? null : { ...job, items }, keyed };
}

export function sampleKey(key: string, changes: Partial<KeyedAnswer> = {}): KeyedAnswer {
  return {
    holder: 'me',
    method: 'POST',
    path: '/clips',
    key,
    fingerprint: 'f'.repeat(64),
    status: 201,
    body: `answer to ${key}`,
    jobId: null,
    ...changes,
  };
}
