import { describeJob } from '@earshot/contracts';
import type { DoorbellName } from '../../stack/servers.js';
import { clipJob } from './clip-job.js';

const warmUpClips = 1_000;

/** Stored clips described as one job, beside the same without the engine. */
export async function describeStored(doorbell: DoorbellName, sizes: { clips: number; children: number }) {
  const work = { job: describeJob, input: {}, call: { name: 'describe' } } as const;
  const { clips, jobSeconds, bareSeconds, processorMsPerClip } = await clipJob(doorbell, work, { ...sizes, warmUpClips });
  const barePerSecond = (clips * bareSeconds.length) / bareSeconds.reduce((sum, seconds) => sum + seconds, 0);
  return { clipsPerSecond: clips / jobSeconds, barePerSecond, ratio: clips / jobSeconds / barePerSecond, processorMsPerClip };
}
