import { defineJob, eachChunk } from '../job.js';
import { clipIdsRequestWith } from '../resources/clip.js';
import { describeClips } from '../tasks/describe-clips.task.js';

export const describeJob = defineJob({
  kind: 'describe',
  summary: 'Measures clips: duration, sample rate, channels, peak, RMS, silence at both ends',
  input: describeClips.input,
  stages: [eachChunk(describeClips, { items: 32 })],
});

export const describeRequest = clipIdsRequestWith(describeJob.input.shape);
