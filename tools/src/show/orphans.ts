// npm run show -- orphans [--doorbell redis|notify] [--quick]
// Workers are killed while they hold a task: how long until it runs again elsewhere?
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { hold } from '../chaos/drill/drill.jobs.js';
import { type DrillLine, readDrillLog } from '../chaos/drill/drill-log.js';
import { DrillOffice } from '../chaos/drill/drill-office.js';
import { doorbellOf } from '../chaos/options.js';
import { Stack } from '../chaos/stack/stack.js';
import { printLine } from '../print-line.js';
import { Random } from '../random.js';

const promisedSeconds = 15;
/** Longer than any of it should take, so that what is lost is seen as such. */
const patienceSeconds = 60;
/** Heartbeats come every 3 s: kills at any moment between two of them. */
const heartbeatMs = 3_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { doorbell: { type: 'string', default: 'redis' }, quick: { type: 'boolean' } } });
  const doorbell = doorbellOf(values.doorbell);
  const [kills, drillWorkers] = values.quick ? [6, 8] : [30, 12];
  const random = new Random(1);
  const stack = await Stack.start({ doorbell, gateways: 0, extractors: 0, drillWorkers, drillSlots: 1 });
  const office = await DrillOffice.open(stack.postgres.url);
  try {
    const measured: Promise<number>[] = [];
    for (let n = 0; n < kills; n++) {
      const { id } = await office.single([`${hold} ${n}`], 1, { seed: n, leastMs: 5, mostMs: 10 });
      const held = await execution(stack, id, 1);
      measured.push(sleep(random.between(0, heartbeatMs)).then(() => killAndMeasure(stack, held)));
    }
    const seconds = (await Promise.all(measured)).sort((a, b) => a - b);
    const [p50, p99, max] = [0.5, 0.99, 1].map((share) => seconds[Math.ceil(share * seconds.length) - 1] ?? Number.NaN);
    const isKept = p99 !== undefined && p99 <= promisedSeconds;
    printLine({
      doorbell,
      kills,
      p50Seconds: p50,
      p99Seconds: p99,
      maxSeconds: max,
      promisedSeconds,
      verdict: isKept ? 'ok' : 'broken',
    });
    process.exitCode = isKept ? 0 : 1;
  } finally {
    await office.close();
    await stack.close();
  }
}

async function killAndMeasure(stack: Stack, held: DrillLine): Promise<number> {
  const holder = stack.drillWorkers.find(({ pid }) => pid === held.pid);
  if (holder === undefined) throw new Error(`The holder of task ${held.taskId} is gone before it was killed`);
  const killedAtMs = Date.now();
  holder.kill();
  const next = await execution(stack, held.jobId, 2);
  const seconds = Math.round(next.atMs - killedAtMs) / 1_000;
  printLine({ task: held.taskId, seconds });
  return seconds;
}

/** The first line of the job's task in that attempt, as soon as it is written. */
async function execution(stack: Stack, jobId: string, attempt: number): Promise<DrillLine> {
  for (const endMs = Date.now() + 1_000 * patienceSeconds; Date.now() < endMs; await sleep(25)) {
    const line = readDrillLog(stack.drillLog).find((entry) => entry.jobId === jobId && entry.attempt === attempt);
    if (line !== undefined) return line;
  }
  throw new Error(`Job ${jobId} was not begun for the ${attempt}. time within ${patienceSeconds} s`);
}
