// npm run show -- two-trainings
// Two trainings, each alone on one trainer first, then both at once on two. They share nothing but the queue: each has a trainer of its own,
// the one whose trainer is killed (SIGKILL) goes on in another process while its neighbour is not even begun again, and both come to
// the bytes they came to alone. Prints one JSON line.
import { setTimeout as sleep } from 'node:timers/promises';
import { fitModel } from '@earshot/contracts';
import { printLine } from '../print-line.js';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';

const trainings = [
  { classifier: 'first', recipe: 'cnn', settings: { epochs: 12 } },
  { classifier: 'second', recipe: 'keywords', settings: { epochs: 60 }, augmentation: { copies: 4 } },
];
const endsWithinSeconds = 1_800;
/** Both have to fit for so long at the same time before one of them is disturbed. */
const togetherMs = 3_000;

interface Fit {
  state: string;
  attempt: number;
  worker: string | null;
}

export async function run(): Promise<void> {
  const stack = await TrainingStack.start({ trainer: { EARSHOT_CHECKPOINT_SECONDS: '1', EARSHOT_TRAINING_NICENESS: '0' } });
  try {
    await stack.plant('tones', toneClips(200));
    const alone = [];
    for (const training of trainings) alone.push(await stack.ended(await ask(stack, training), endsWithinSeconds));

    await stack.addTrainer();
    const ids = await Promise.all(trainings.map((training) => ask(stack, training)));
    const before = await bothFit(stack, ids);
    const hit = before.findIndex(({ worker }) => worker?.split(' ').includes(String(stack.trainer.pid)));
    await stack.killTrainer();
    const together = await Promise.all(ids.map((id) => stack.ended(id, endsWithinSeconds)));

    const after = await Promise.all(ids.map((id) => fitOf(stack, id)));
    const artifactsOf = (runs: { id: string }[]) => Promise.all(runs.map(({ id }) => stack.artifactOf(id)));
    const [artifactsAlone, artifacts] = [await artifactsOf(alone), await artifactsOf(together)];
    const violations: string[] = [];
    if (new Set(before.map(({ worker }) => worker)).size < 2) violations.push('both fitted on one trainer');
    if (hit < 0) violations.push('the trainer that was killed had none of the two');
    for (const [i, { attempt }] of after.entries()) {
      if (i === hit && attempt < 2) violations.push('the one whose trainer was killed was not begun again');
      if (i !== hit && attempt > 1) violations.push('the other one was begun again');
      if (artifacts[i] !== artifactsAlone[i]) violations.push(`${trainings[i]?.recipe} has other weights than alone`);
    }
    const secondsOf = (runs: { result: { seconds: number } }[]) => runs.map(({ result }) => Math.round(result.seconds));
    const figures = {
      recipes: trainings.map(({ recipe }) => recipe),
      secondsAlone: secondsOf(alone),
      secondsTogether: secondsOf(together),
    };
    const attempts = after.map(({ attempt }) => attempt);
    printLine({ ...figures, attempts, verdict: violations.length === 0 ? 'ok' : 'broken', violations });
    if (violations.length > 0) process.exitCode = 1;
  } finally {
    await stack.close();
  }
}

const ask = (stack: TrainingStack, training: object) => stack.train({ dataset: 'tones', compareSplits: false, ...training });

/** Both fits, once they have been under way at the same time for a while. */
async function bothFit(stack: TrainingStack, ids: readonly string[]): Promise<Fit[]> {
  let sinceMs = Number.POSITIVE_INFINITY;
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(100)) {
    const fits = await Promise.all(ids.map((id) => fitOf(stack, id)));
    if (!fits.every(({ state }) => state === 'running')) sinceMs = Number.POSITIVE_INFINITY;
    else if (sinceMs === Number.POSITIVE_INFINITY) sinceMs = Date.now();
    if (Date.now() - sinceMs >= togetherMs) return fits;
  }
  throw new Error('The two trainings were never under way at the same time for long enough');
}

async function fitOf({ database }: TrainingStack, runId: string): Promise<Fit> {
  const select = { state: true, attempt: true, worker: true } as const;
  const row = await database.prisma.task.findFirst({ where: { jobId: runId, name: fitModel.name, ordinal: 0 }, select });
  return row ?? { state: 'absent', attempt: 0, worker: null };
}
