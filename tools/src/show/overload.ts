// npm run show -- overload [--seconds 60] [--only flood,queued,hostile] [--queued 100000]
// flood: one caller uploads ten times as many clips a second as this machine takes and describes, while 150 of its uploads stand still. queued: one
// caller has 100,000 clips waiting. hostile: one caller sends what costs most. Beside each of them another caller asks for one clip at a time.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { printLine } from '../print-line.js';
import { noiseWav } from '../stack/noise-wav.js';
import { ownRssMb, peakRssMb } from '../stack/process-tree.js';
import { capacityOf } from './overload/capacity.js';
import { flood } from './overload/flood.js';
import { askHostile, refusedAtOnce } from './overload/hostile-requests.js';
import { askAgainAndAgain, askTimes, type Latency, latencyOf } from './overload/modest.js';
import { callers, OverloadStack } from './overload/overload-stack.js';
import { formOf, jsonOf, post } from './overload/sender.js';
import { SpoolWatch } from './overload/spool-watch.js';
import { StalledUploads } from './overload/stalled-uploads.js';

const promised = {
  acceptedP99Ms: 2_000,
  gatewayMb: 400,
  othersWaitMs: 1_000,
  timesIdle: 3,
  spoolMb: 4_000,
};
const stalledUploads = 150;
const timesTooMuch = 10;
/** The part of it that has to be sent, or the run says nothing. */
const leastOffered = 0.9;
/** What may wait of one caller: some seconds of work, so that refusals are seen. */
const waitingJobs = 4_000;

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      seconds: { type: 'string', default: '60' },
      only: { type: 'string', default: 'flood,queued,hostile' },
      queued: { type: 'string', default: '100000' },
    },
  });
  const only = values.only.split(',');
  if (only.includes('flood')) await onStack({ MAX_WAITING_JOBS: `${waitingJobs}` }, (stack) => showFlood(stack, Number(values.seconds)));
  if (only.includes('queued')) await onStack({}, (stack) => showQueued(stack, Number(values.queued)));
  if (only.includes('hostile')) await onStack({}, showHostile);
}

async function onStack(settings: Record<string, string>, show: (stack: OverloadStack) => Promise<boolean>): Promise<void> {
  const stack = await OverloadStack.start(settings);
  try {
    if (!(await show(stack))) process.exitCode = 1;
  } finally {
    await stack.stop();
  }
}

async function showFlood(stack: OverloadStack, seconds: number): Promise<boolean> {
  const { url, pid } = stack.gateway;
  const idle = await idleLatency(url);
  const capacity = await capacityOf(stack);
  await untilDone(stack);
  const stalled = new StalledUploads(url, stalledUploads);
  let isOver = false;
  const beside = askAgainAndAgain(url, () => isOver, 300);
  const { jobIds, report } = await flood(url, { perSecond: timesTooMuch * capacity, seconds });
  isOver = true;
  const during = latencyOf(await beside);
  const stillOpen = stalled.open;
  stalled.close();
  await sleep(10_000);
  const after = latencyOf(await askTimes(url, 50));
  const [peakMb, restMb] = [Math.round(peakRssMb(pid)), Math.round(ownRssMb(pid))];
  await untilDone(stack);
  const lost = jobIds.length - (await stack.succeeded(jobIds));
  const isKept =
    report.offeredPerSecond >= leastOffered * timesTooMuch * capacity &&
    Object.keys(report.wrong).length === 0 &&
    report.accepted > 0 &&
    report.acceptedP99Ms <= promised.acceptedP99Ms &&
    peakMb <= promised.gatewayMb &&
    lost === 0 &&
    during.failed === 0 &&
    isNormal(after, idle);
  const told = countOf(stalled.answers);
  printLine({ show: 'flood', seconds, capacityPerSecond: capacity, ...report, lost, gatewayPeakMb: peakMb, gatewayMb: restMb });
  printLine({ show: 'flood', stalledUploads, stillOpen, told, idle, during, after, promised, verdict: isKept ? 'ok' : 'broken' });
  return isKept;
}

async function showQueued(stack: OverloadStack, clips: number): Promise<boolean> {
  const { url } = stack.gateway;
  const idle = await idleLatency(url);
  const itemsPerJob = 100;
  const clipIds = await uploadClips(url, itemsPerJob);
  for (let queued = 0; queued < clips; queued += itemsPerJob) {
    const { status, body } = await post(url, '/api/v1/descriptions/clips', callers.greedy, jsonOf({ clipIds }));
    if (status !== 202) throw new Error(`A job was not taken: ${status} ${body}`);
  }
  const waiting = await stack.unfinished();
  const beside = latencyOf(await askTimes(url, 100));
  const stillWaiting = await stack.unfinished();
  const isKept = beside.failed === 0 && beside.maxMs <= promised.othersWaitMs && stillWaiting > 0;
  const jobs = { jobsWaiting: waiting, jobsWaitingAfterwards: stillWaiting };
  printLine({ show: 'queued', clips, ...jobs, idle, beside, promised, verdict: isKept ? 'ok' : 'broken' });
  return isKept;
}

async function showHostile(stack: OverloadStack): Promise<boolean> {
  const { url } = stack.gateway;
  const idle = await idleLatency(url);
  const refused = await refusedAtOnce(url);
  const spool = new SpoolWatch(stack.extractor.pid);
  let isOver = false;
  const beside = askAgainAndAgain(url, () => isOver, 20);
  const answers = await askHostile(url);
  isOver = true;
  const during = latencyOf(await beside);
  const { mostMb, mostChildMb } = spool.stop();
  const isKept =
    refused.every(({ status }) => status >= 400 && status < 500) &&
    during.failed === 0 &&
    during.p95Ms <= promised.timesIdle * idle.p95Ms &&
    mostMb <= promised.spoolMb;
  const sizes = { spoolMostMb: mostMb, childMostMb: mostChildMb };
  printLine({ show: 'hostile', refused, answers, ...sizes, idle, during, promised, verdict: isKept ? 'ok' : 'broken' });
  return isKept;
}

async function idleLatency(url: string): Promise<Latency> {
  await askTimes(url, 30); // both sides are warm
  return latencyOf(await askTimes(url, 100));
}

function isNormal(latency: Latency, idle: Latency): boolean {
  return latency.failed === 0 && latency.p95Ms <= promised.timesIdle * idle.p95Ms;
}

async function uploadClips(url: string, count: number): Promise<string[]> {
  const { status, body } = await post(url, '/api/v1/clips', callers.greedy, formOf(Array.from({ length: count }, (_, n) => noiseWav(n))));
  if (status !== 201) throw new Error(`Clips were not taken: ${status} ${body}`);
  const { items }: { items: { id: string }[] } = JSON.parse(body);
  return items.map(({ id }) => id);
}

async function untilDone(stack: OverloadStack): Promise<void> {
  for (const endMs = Date.now() + 120_000; Date.now() < endMs && (await stack.unfinished()) > 0; ) await sleep(200);
}

function countOf(lines: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(lines, (line) => line)].map(([line, all]) => [line, all.length]));
}
