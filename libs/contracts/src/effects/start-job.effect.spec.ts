import { describeJob } from '../kinds/describe.js';
import { startJob, startOf } from './start-job.effect.js';

describe('starting a job', () => {
  it('carries the plan and the options of its kind, as the effect takes them', () => {
    const start = startOf(describeJob, { options: { spectrogram: true }, items: [{ clipId: null, customId: 'a' }] });
    expect(startJob.input.parse(start)).toEqual(start);
    expect(start).toMatchObject({ kind: 'describe', input: { spectrogram: true }, priority: 5, stages: [{ name: 'clips.describe' }] });
  });
});
