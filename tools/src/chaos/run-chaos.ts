import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../random.js';
import { poison } from './drill/drill.jobs.js';
import { readDrillLog } from './drill/drill-log.js';
import { type AskedDrill, DrillOffice } from './drill/drill-office.js';
import { keepEvidence } from './evidence/keep-evidence.js';
import { doFaults, type FaultCounts } from './faults.js';
import { cancelJob, untilAnswered } from './load/cancelling.js';
import { History } from './load/history.js';
import { postUpload } from './load/post-upload.js';
import { uploadAll } from './load/uploaders.js';
import type { ChaosOptions } from './options.js';
import { type ChaosSizes, calmLimitMs, fullSizes, quickSizes } from './sizes.js';
import { Stack } from './stack/stack.js';
import { judge, type Verdict } from './verdict/judge.js';

/** Clips of uploads that are cancelled are numbered from here on. */
const firstCancelledClip = 1_000_000;

export interface ChaosReport extends Verdict {
  seed: number;
  doorbell: string;
}

export async function runChaos({ seed, doorbell, isQuick, isVerbose }: ChaosOptions): Promise<ChaosReport> {
  const sizes = isQuick ? quickSizes : fullSizes;
  const random = new Random(seed);
  const { extractors, drillWorkers, drillPlaces } = sizes;
  const stack = await Stack.start({ doorbell, gateways: 1, extractors, drillWorkers, drillPlaces });
  const startMs = performance.now();
  const seconds = () => Math.round((performance.now() - startMs) / 100) / 10;
  const tell = (fault: string, what?: string) => {
    if (isVerbose) console.log(JSON.stringify({ atSeconds: seconds(), fault, what }));
    else process.stderr.write(`${seconds()} s: ${fault}${what === undefined ? '' : `, ${what}`}\n`);
  };

  const office = await DrillOffice.open(stack.postgres.url);
  try {
    const history = new History();
    const drills = await askDrills(office, sizes, seed);
    const uploading = uploadAll({ url: stack.url, history, target: sizes.uploads, overMs: sizes.faults.overMs, random: random.fork() });
    const cancelling = cancelSome(stack.url, { history, office, sizes, random: random.fork() });
    const expiring = askExpiring(office, sizes, seed);
    const faults: FaultCounts = await doFaults(stack, sizes.faults, random.fork(), tell);
    const calmAtMs = performance.now();
    tell('calm');
    await Promise.all([uploading, cancelling]);
    const unfinished = await whenFinished(office, calmAtMs);
    const finishedSeconds = (performance.now() - calmAtMs) / 1_000;
    tell('finished', `${finishedSeconds.toFixed(1)} s after calm`);

    const log = readDrillLog(stack.drillLog);
    const found = await judge({ stack, office, history, drills: { ...drills, expiring: await expiring }, log, unfinished });
    const deaths = stack.drillWorkers.reduce((sum, { ownDeaths }) => sum + ownDeaths, 0);
    if (found.verdict !== 'ok') {
      const stuck = await keepEvidence(stack, office.database);
      for (const job of stuck) tell('stuck', JSON.stringify(job));
      tell('evidence kept', stack.folder);
    }
    const left = await stack.close();
    const violations = [...found.violations, ...left.map((commandLine) => `a process outlived its service: ${commandLine}`)];
    const figures = { ...faults, workersPoisoned: deaths, ...found.figures, finishedSecondsAfterCalm: Number(finishedSeconds.toFixed(1)) };
    return {
      seed,
      doorbell,
      ...found,
      figures: { ...figures, seconds: seconds() },
      verdict: violations.length === 0 ? 'ok' : 'broken',
      violations,
    };
  } finally {
    await office.close();
    await stack.close();
  }
}

/** Poison comes first: until it is given up, four workers have died of each, and a lease has run out each time. */
async function askDrills(office: DrillOffice, { drillItems, drillItemMs, poisonAlone, poisonInChunks }: ChaosSizes, seed: number) {
  const input = { seed, ...drillItemMs };
  // Every other chunk of eight holds one: the guilty one has to be found among the innocent.
  const chunked = Array.from({ length: 16 * poisonInChunks }, (_, i) => (i % 16 === 5 ? `${poison} ${i}` : `item ${i}`));
  const alone = Array.from({ length: poisonAlone }, (_, i) => `${poison} ${i}`);
  const items = Array.from({ length: drillItems }, (_, i) => `item ${i}`);
  const chunks = await office.single(chunked, 8, input);
  const poisoned = poisonAlone === 0 ? [chunks] : [chunks, await office.single(alone, 1, input)];
  return { poison: poisoned, staged: await office.staged(items, input) };
}

/** Slow work, cancelled while it runs, and uploads, cancelled as soon as they are accepted. */
async function cancelSome(
  url: string,
  { history, office, sizes, random }: { history: History; office: DrillOffice; sizes: ChaosSizes; random: Random },
): Promise<void> {
  for (let n = 0; n < sizes.cancels; n++) {
    await sleep(sizes.faults.overMs / (sizes.cancels + 1) - 500);
    const names = Array.from({ length: 40 }, (_, i) => `item ${i}`);
    const { id } = await untilAnswered(() => office.single(names, 1, { seed: n, leastMs: 200, mostMs: 600 }));
    await sleep(random.between(300, 1_000));
    await cancelJob(url, id, { history, office });
    const upload = await postUpload(url, firstCancelledClip + n);
    if (upload?.jobId) {
      history.clipsToCancel.push(firstCancelledClip + n);
      await cancelJob(url, upload.jobId, { history, office });
    } else history.unanswered += 1;
  }
}

/** More work than fits before its deadline. */
async function askExpiring(office: DrillOffice, { faults: { overMs } }: ChaosSizes, seed: number): Promise<AskedDrill> {
  await sleep(overMs / 4);
  const names = Array.from({ length: 64 }, (_, i) => `item ${i}`);
  return untilAnswered(() => office.single(names, 1, { seed, leastMs: 4_000, mostMs: 5_000 }, new Date(Date.now() + 3_000)));
}

/** Waits until every job has ended; answers those that had not when the time was over. */
async function whenFinished({ database }: DrillOffice, calmAtMs: number): Promise<unknown[]> {
  const text = `select id, kind, state, (select jsonb_agg(to_jsonb(t)) from (select * from task where job_id = j.id and state in ('queued', 'running') limit 3) t) as tasks
    from job j where finished_at is null limit 20`;
  for (;;) {
    const open = await untilAnswered(() => database.run({ name: 'open-jobs', text }, []));
    if (open.length === 0 || performance.now() > calmAtMs + calmLimitMs) return open;
    await sleep(100);
  }
}
