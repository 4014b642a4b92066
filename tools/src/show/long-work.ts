// npm run show -- long-work [--doorbell redis|notify] [--end kill|drain] [--quick]
// A job of features, fit, evaluation and registration, whose worker is killed 20 times while it fits, and another one whose worker is told
// to end (SIGTERM) as often: each stage once, the effects once, no acknowledged checkpoint lost, after SIGTERM not one step done again, and
// the result that the items demand.
import { parseArgs } from 'node:util';
import { DrillOffice } from '../chaos/drill/drill-office.js';
import { longFit } from '../chaos/long/long.jobs.js';
import { readLongLog } from '../chaos/long/long-log.js';
import { lossesOf } from '../chaos/long/losses.js';
import { doorbellOf } from '../chaos/options.js';
import { Stack } from '../chaos/stack/stack.js';
import { printLine } from '../print-line.js';
import { Random } from '../random.js';
import { askLongJob, type Ending, endFits, endings } from './long-work/end-fits.js';
import { judgeLongJob } from './long-work/judge.js';

const sizes = {
  full: { items: 50_000, ends: 20, fitMs: 120_000, checkpointEveryMs: 2_000, itemsPerStep: 250, workers: 3 },
  quick: { items: 5_000, ends: 2, fitMs: 8_000, checkpointEveryMs: 1_000, itemsPerStep: 125, workers: 2 },
};

type Size = (typeof sizes)['full'];

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: { doorbell: { type: 'string', default: 'notify' }, end: { type: 'string' }, quick: { type: 'boolean' } },
  });
  const doorbell = doorbellOf(values.doorbell);
  const size = values.quick ? sizes.quick : sizes.full;
  const stack = await Stack.start({ doorbell, gateways: 1, extractors: 0, drillWorkers: size.workers });
  const office = await DrillOffice.open(stack.postgres.url);
  try {
    for (const ending of values.end === undefined ? endings : [endingOf(values.end)]) {
      const { violations, ...figures } = await tryEnding({ stack, office }, ending, size);
      const verdict = violations.length === 0 ? 'ok' : 'broken';
      printLine({ doorbell, ending, ...figures, verdict, violations });
      if (verdict === 'broken') process.exitCode = 1;
    }
  } finally {
    await office.close();
    await stack.close();
  }
}

async function tryEnding({ stack, office }: { stack: Stack; office: DrillOffice }, ending: Ending, size: Size) {
  const startMs = performance.now();
  const jobId = await askLongJob(office, ending, size);
  const ended = await endFits(stack, office, { jobId, ending, times: size.ends, random: new Random(1) });
  const losses = lossesOf(readLongLog(stack.longLog).filter((line) => line.jobId === jobId && line.task === longFit.name));
  const violations = await judgeLongJob({ url: stack.url, office, jobId, items: size.items, ending, losses });
  if (ended < size.ends) violations.push(`the worker was ended only ${ended} times while it fitted`);
  if (stack.unexpectedEnds.length > 0) violations.push(`services ended by themselves: ${JSON.stringify(stack.unexpectedEnds)}`);
  return {
    items: size.items,
    ended,
    attempts: losses.length + 1,
    stepsOfFit: Math.ceil(size.items / size.itemsPerStep),
    stepsLost: losses.map(({ stepsLost }) => stepsLost),
    checkpointsLost: losses.filter(({ isCheckpointLost }) => isCheckpointLost).length,
    seconds: Math.round((performance.now() - startMs) / 1_000),
    violations,
  };
}

function endingOf(name: string): Ending {
  const ending = endings.find((known) => known === name);
  if (ending === undefined) throw new Error(`--end ${name}: there are ${endings.join(' and ')}`);
  return ending;
}
