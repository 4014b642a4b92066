// npm run bench -- features-job [--short 2000] [--long 200] [--doorbells redis,notify] [--cpus 0,1]
// Short clips and long ones (1 s and 30 s, mixed) as one `features` job, with every durability rule on, beside the same extraction by as
// many children without the engine: JSON lines. Fails when a job takes more than 1.3 times as long.
import { parseArgs } from 'node:util';
import { featuresJob } from '@earshot/contracts';
import { printLine } from '../print-line.js';
import { pinTo } from '../stack/pinning.js';
import { doorbells } from '../stack/servers.js';
import { clipJob } from './engine/clip-job.js';

const bar = 1.3;
const profileSets = [['talent-37@1'], ['electro-45@1', 'logmel-128@1']];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      short: { type: 'string', default: '2000' },
      long: { type: 'string', default: '200' },
      doorbells: { type: 'string', default: doorbells.join(',') },
      cpus: { type: 'string', default: '0,1' },
    },
  });
  const [short, long] = [Number(values.short), Number(values.long)];
  const clips = short + long;
  /** The long ones are spread evenly. */
  const secondsOf = (number: number) => (Math.floor(((number + 1) * long) / clips) > Math.floor((number * long) / clips) ? 30 : 1);
  const warmUpClips = Math.round(clips / 10);
  const children = values.cpus.split(',').length;
  printLine({ pinned: pinTo(values.cpus), node: process.version, sandboxChildren: children, short, long, bar });
  for (const doorbell of doorbells.filter((name) => values.doorbells.split(',').includes(name))) {
    for (const profiles of profileSets) {
      const work = { job: featuresJob, input: { profiles }, call: { name: 'extract', profiles } } as const;
      const { jobSeconds, bareSeconds, processorMsPerClip } = await clipJob(doorbell, work, {
        clips,
        warmUpClips,
        secondsOf,
        children,
      });
      const ratio = (jobSeconds * bareSeconds.length) / bareSeconds.reduce((sum, seconds) => sum + seconds, 0);
      const passed = ratio <= bar;
      printLine({ doorbell, profiles, jobSeconds, bareSeconds, ratio, processorMsPerClip, passed });
      if (!passed) process.exitCode = 1;
    }
  }
}
