// npm run bench -- engine [--only empty,describe,large] [--tasks 20000] [--clips 10000] [--items 1000000] [--cpus 0,1]
// What the engine costs, with every durability rule on: JSON lines, each beside its peer of the same run.
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { pinTo } from '../stack/pinning.js';
import { doorbells } from '../stack/servers.js';
import { bareBullMq } from './engine/bare-bullmq.js';
import { describeStored } from './engine/describe-job.js';
import { emptyTasks } from './engine/empty-tasks.js';
import { largeJob } from './engine/large-job.js';

/** Of the workers that do nothing. */
const slots = 128;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: 'empty,describe,large' },
      tasks: { type: 'string', default: '20000' },
      clips: { type: 'string', default: '10000' },
      items: { type: 'string', default: '1000000' },
      cpus: { type: 'string', default: '0,1' },
    },
  });
  const only = values.only.split(',');
  const children = values.cpus.split(',').length;
  printLine({ pinned: pinTo(values.cpus), node: process.version, sandboxChildren: children });
  if (only.includes('empty')) await compareEmptyTasks({ tasks: Number(values.tasks), slots });
  if (only.includes('describe')) {
    for (const doorbell of doorbells)
      printLine({
        part: 'describe',
        doorbell,
        goal: 'ratio ≥ 0.7, better 0.8',
        ...(await describeStored(doorbell, { clips: Number(values.clips), children })),
      });
  }
  if (only.includes('large')) printLine({ part: 'large', goal: 'seconds ≤ 60, memory flat', ...(await largeJob(Number(values.items))) });
}

async function compareEmptyTasks(load: { tasks: number; slots: number }): Promise<void> {
  const bare = [await bareBullMq(load)];
  const ours = [];
  for (const doorbell of doorbells) ours.push({ doorbell, ...(await emptyTasks(doorbell, load)) });
  bare.push(await bareBullMq(load)); // before and after: the machine may have changed
  const bareTasksPerSecond = bare.reduce((sum, { tasksPerSecond }) => sum + tasksPerSecond, 0) / bare.length;
  for (const run of bare) printLine({ part: 'empty', peer: 'bare BullMQ', ...run });
  for (const run of ours) printLine({ part: 'empty', goal: 'ratio ≥ 0.25', ratio: run.tasksPerSecond / bareTasksPerSecond, ...run });
}
