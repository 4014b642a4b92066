import { setTimeout as sleep } from 'node:timers/promises';
import { printLine } from '../print-line.js';
import { Random } from '../random.js';
import { readDrillLog } from './drill/drill-log.js';
import { DrillOffice } from './drill/drill-office.js';
import { keepEvidence } from './evidence/keep-evidence.js';
import { readClips, readWorks } from './evidence/read-answers.js';
import { readFinds, readLibrary } from './evidence/read-index.js';
import { readRows } from './evidence/read-rows.js';
import { endedAtStageEdge } from './evidence/stage-edge.js';
import { findStuck } from './evidence/stuck.js';
import { worldOf } from './evidence/world.js';
import { History } from './load/history.js';
import { watchEnded } from './load/watch-ended.js';
import { longFit } from './long/long.jobs.js';
import { readLongLog } from './long/long-log.js';
import type { ChaosOptions } from './options.js';
import { paceOfMachine } from './pace.js';
import { parts as allParts } from './parts.js';
import { type Part, Run } from './run.js';
import { calmLimitAt } from './sizes.js';
import { Stack } from './stack/stack.js';
import type { Evidence } from './verdict/evidence.js';
import { judge, type Tally, type Verdict } from './verdict/judge.js';
import { indexesEqualTheRows } from './verdict/rules/library.js';

export interface ChaosReport extends Verdict {
  seed: number;
  doorbell: string;
  tallies: Record<string, Tally>;
  /** What was logged at level `warn` and above, and how often. */
  complaints: Record<string, number>;
  /** Where the tables and logs of a run are that is not ok. */
  evidence: string | null;
}

export async function runChaos({ seed, doorbell, parts, sizes, isVerbose }: ChaosOptions): Promise<ChaosReport> {
  const pace = await paceOfMachine();
  const startMs = performance.now();
  const stack = await Stack.start({ doorbell, ...sizes });
  const startedMs = performance.now() - startMs;
  let office: DrillOffice | undefined;
  try {
    office = await DrillOffice.open(stack.postgres.url);
    const run = new Run({ stack, office, history: new History(), sizes, seed, onDeed: isVerbose ? printDeed : noteDeed });
    const finishedSecondsAfterCalm = await attack(run, parts, calmLimitAt(pace));
    const stuck = await findStuck(office.database, await worldOf(stack)); // before all that is read below, while which they may end
    const evidence = { ...(await gather(run)), stuck };
    const tallies = tally(run, parts);
    const before = judge(evidence, tallies);
    if (before.verdict !== 'ok') await keepEvidence(stack, office.database, { evidence, verdict: before });
    const verdict = judge({ ...evidence, outliving: await stack.close() }, tallies);
    const figures = {
      ...verdict.figures,
      ...vitals(stack),
      startedMs: Math.round(startedMs),
      pace: Math.round(10 * pace) / 10,
      finishedSecondsAfterCalm,
      seconds: run.seconds,
    };
    const { complaints, isKept, folder } = stack;
    return { seed, doorbell, ...verdict, tallies, figures, complaints, evidence: isKept ? folder : null };
  } catch (error) {
    stack.keepFolder();
    process.stderr.write(`The run could not be finished; its folder is ${stack.folder}\n`);
    throw error;
  } finally {
    await office?.close();
    await stack.close();
  }
}

/** Does all parts at once, and waits for everything to end. Returns how long that took after the last fault, in seconds. */
async function attack(run: Run, parts: readonly Part[], calmLimitMs: number): Promise<number> {
  const random = new Random(run.seed);
  const own = new Map(allParts.map((part) => [part, random.fork()])); // whatever the others are, a part does the same
  const watching = watchEnded(run);
  const start = (part: Part) => part.run(run, own.get(part) ?? random);
  const load = parts.filter(({ isFault }) => !isFault).map(start);
  const faults = parts.filter(({ isFault }) => isFault).map(start);
  const all = Promise.all([...load, ...faults]);
  await Promise.race([Promise.all(faults), all]); // a part that fails ends the run at once
  await run.until(1);
  const calmAtMs = performance.now();
  const endMs = calmAtMs + calmLimitMs;
  run.tell('calm');
  await Promise.race([all, sleep(calmLimitMs)]);
  await untilAllHaveEnded(run, endMs);
  await untilIndexesFollow(run, endMs);
  const seconds = Math.round((performance.now() - calmAtMs) / 100) / 10;
  run.tell('finished', `${seconds} s after calm`);
  await watching.stop();
  return seconds;
}

async function untilAllHaveEnded(run: Run, endMs: number): Promise<void> {
  const { office } = run;
  while ((await office.read('select from job where finished_at is null limit 1')).length > 0) {
    if (performance.now() > endMs) return;
    await sleep(100);
  }
  const [last] = await office.read<{ kind: string }>('select kind from job order by finished_at desc limit 1');
  run.tell('all jobs have ended', `the last one of the kind ${last?.kind}`);
}

/** A collection that is not asked any more stays for some seconds. */
async function untilIndexesFollow(run: Run, endMs: number): Promise<void> {
  for (;;) {
    const { violations } = indexesEqualTheRows({ library: await readLibrary(run) });
    if (violations.length === 0 || performance.now() > endMs) return;
    await sleep(300);
  }
}

async function gather(run: Run): Promise<Omit<Evidence, 'stuck'>> {
  const { stack, office } = run;
  const history = structuredClone(run.history); // where something has not ended, its callers go on while the rows are read
  const rows = await readRows(office);
  const [log, longLog] = [readDrillLog(stack.drillLog), readLongLog(stack.longLog)];
  const isOlder = new Set(stack.olderDrillWorkers.flatMap(({ pids }) => [...pids]));
  run.count('doneByOlderWorkers', log.filter(({ event, pid }) => event === 'done' && isOlder.has(pid)).length);
  run.count('fitsResumed', longLog.filter(({ event, task, step }) => event === 'begin' && task === longFit.name && step > 0).length);
  run.count('endedAtStageEdge', endedAtStageEdge(rows));
  return {
    history,
    rows,
    log,
    longLog,
    read: await readWorks(run),
    readClips: await readClips(run),
    library: await readLibrary(run),
    finds: await readFinds(run),
    unexpectedEnds: stack.unexpectedEnds,
    outliving: [],
  };
}

function tally(run: Run, parts: readonly Part[]): Record<string, Tally> {
  const least = parts.flatMap((part) => Object.entries(part.atLeast(run.sizes)));
  return Object.fromEntries(least.map(([deed, atLeast]) => [deed, { times: run.counted(deed), atLeast }]));
}

function vitals({ services }: Stack): Record<string, number> {
  return {
    workersPoisoned: services.reduce((sum, { ownDeaths }) => sum + ownDeaths, 0),
    failedStarts: services.reduce((sum, { failedStarts }) => sum + failedStarts, 0),
  };
}

function printDeed(atSeconds: number, deed: string, what?: string): void {
  printLine({ atSeconds, deed, what });
}

function noteDeed(atSeconds: number, deed: string, what?: string): void {
  process.stderr.write(`${atSeconds} s: ${deed}${what === undefined ? '' : `, ${what}`}\n`);
}
