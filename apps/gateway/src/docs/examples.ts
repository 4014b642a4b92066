import type { ClipResource, Description, Features, JobResource } from '@earshot/contracts';
import { mfcc49x40, talent37 } from '@earshot/features';
import { clipResource } from '../clips/clip-resource.js';
import { countsOf, newJobResource } from '../jobs/job-resource.js';
import { profileResource } from '../profiles/profile-resource.js';

const createdAt = new Date('2026-11-21T10:15:00.000Z');
const clipId = '019aa5c4-2f61-7a3e-9d0b-6b1f0c2d4e8a';
const jobId = '019aa5c4-3a07-7c55-8e21-94d3b7a6f150';

const clip: ClipResource = clipResource({
  id: clipId,
  filename: 'take 1.wav',
  sizeBytes: 44_144,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  createdAt,
});

const job: JobResource = newJobResource(
  {
    id: jobId,
    kind: 'describe',
    metadata: { project: 'demo' },
    retryOf: null,
    deadlineAt: null,
    stages: [{ name: 'clips.describe', task: 'clips.describe', queue: 'extract', itemsPerTask: 32 }],
  },
  1,
  createdAt,
);

const description: Description = {
  format: 'wav/pcm16',
  decoder: 'wav',
  durationSeconds: 1,
  sampleRate: 22_050,
  channels: 1,
  frames: 22_050,
  peak: 0.5,
  rms: 0.3535,
  leadingSilenceSeconds: 0,
  trailingSilenceSeconds: 0.002,
  waveform: { lowest: [-64, -32], highest: [64, 32] },
};

const ofMatrix = { profile: mfcc49x40.id, hash: mfcc49x40.hash, shape: [49, 40], values: null };
const featuresOfClip: Features = { format: 'wav/pcm16', decoder: 'earshot-wav', durationSeconds: 1, vectors: [ofMatrix] };

const item = { index: 0, customId: 'take 1', clipId, filename: 'take 1.wav', state: 'succeeded', result: description, error: null };

/** One real answer for each schema that a route sends; a spec holds them against the contracts. */
export const examples = {
  Clip: clip,
  ClipUpload: { items: [clip] },
  Job: job,
  JobPage: { items: [job], nextCursor: null },
  DescriptionItemPage: { items: [item], nextCursor: null },
  DescriptionResult: {
    jobId,
    kind: 'describe',
    state: 'succeeded',
    counts: countsOf({ state: 'succeeded', total: 1, succeeded: 1, failed: 0 }),
    items: [item],
    nextCursor: null,
  },
  FeaturesResult: {
    jobId,
    kind: 'features',
    state: 'succeeded',
    counts: countsOf({ state: 'succeeded', total: 1, succeeded: 1, failed: 0 }),
    items: [{ ...item, result: featuresOfClip }],
    nextCursor: null,
  },
  Vector: { ...ofMatrix, shape: [3], values: [0.25, -1.5, 3] },
  Profile: profileResource(talent37),
  ProfileList: { items: [profileResource(talent37)] },
};
