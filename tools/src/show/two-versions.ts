// npm run show -- two-versions --older FOLDER [--recipe NAME]
// A rolling update in the midst of a training; FOLDER is a checkout of an earlier commit, built. The same training by each version alone,
// then begun by the older and gone on with by the newer (the older is ended by SIGTERM), and the way back (by SIGKILL). Each goes on from its
// checkpoint, or begins anew and says so, and nothing that two versions made is called reproducible. Then a time budget, a stop and a cancel
// across the change. Prints one JSON line each.
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { fitModel } from '@earshot/contracts';
import { z } from 'zod';
import { printLine } from '../print-line.js';
import { toneClips } from '../training/tone-clips.js';
import { TrainingStack } from '../training/training-stack.js';

const endsWithinSeconds = 900;
const budgetSeconds = 12;
/** A slice, a state, and what a busy machine adds to both. */
const budgetSlackSeconds = 10;

const quickest = 'talent-mlp';
const trainings: Record<string, object> = {
  'talent-mlp': { settings: { epochs: 200, patience: 200, batchSize: 8, hidden: [1024, 512, 256, 128] }, augmentation: { copies: 4 } },
  cnn: { settings: { epochs: 12 } },
};

interface Change {
  signal: 'SIGTERM' | 'SIGKILL';
  /** Folder of a build; null: this one. */
  to: string | null;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { older: { type: 'string' }, recipe: { type: 'string' } } });
  const { older } = values;
  if (older === undefined) throw new Error('--older FOLDER: a checkout of an earlier commit, built');
  const stack = await TrainingStack.start({ trainer: { EARSHOT_CHECKPOINT_SECONDS: '1', EARSHOT_TRAINING_NICENESS: '15' } });
  try {
    await stack.plant('tones', toneClips(120));
    for (const recipe of values.recipe === undefined ? Object.keys(trainings) : [values.recipe]) {
      const options = { dataset: 'tones', classifier: recipe, recipe, compareSplits: false, ...trainings[recipe] };
      await tryWeights(stack, options, older);
      if (recipe === quickest) await tryEnds(stack, options, older); // the same of every recipe
    }
  } finally {
    await stack.close();
  }
}

interface Options {
  classifier: string;
  recipe: string;
}

async function tryWeights(stack: TrainingStack, options: Options, older: string): Promise<void> {
  /** Weights and the figures of all epochs: the best epoch may lie before the change, and its weights say nothing of what came after. */
  const made = new Map<string, string>();
  const cases: [string, string | null, Change | null][] = [
    ['newer', null, null],
    ['older', older, null],
    ['older, then newer', older, { signal: 'SIGTERM', to: null }],
    ['newer, then older', null, { signal: 'SIGKILL', to: older }],
  ];
  for (const [name, by, change] of cases) {
    const id = await begun(stack, options, by);
    const changedAt = change === null ? null : await changed(stack, id, change);
    const run = await ended(stack, id);
    const { attempt } = await fitOf(stack, id);
    if (run.state !== 'succeeded') {
      tell({ recipe: options.recipe, name, changedAt, attempt, state: run.state, error: run.error }, ['it failed']);
      continue;
    }
    const { artifact, provenance, card } = await stack.workspace.models.versions.withId(id);
    const own = JSON.stringify([artifact.sha256, run.epochs]);
    made.set(name, own);
    const { code, plannedBy, by: parts, begunAnew, isReproducible } = provenance;
    const violations: string[] = [];
    if (run.epochs.some(({ epoch }, i) => epoch !== i)) violations.push('epochs are missing');
    if (change !== null && attempt < 2) violations.push('nobody else went on with it');
    if (change !== null && isReproducible === true && own !== made.get('newer'))
      violations.push('two versions made it, and it is called reproducible');
    const same = [...made].filter(([, other]) => other === own).map(([of]) => of);
    const seconds = Math.round(run.result?.seconds ?? 0);
    const said = { code, plannedBy, by: parts, begunAnew, isReproducible, notReproducible: card['notReproducible'] };
    tell({ recipe: options.recipe, name, changedAt, attempt, epochs: run.epochs.length, seconds, sameAs: same, ...said }, violations);
  }
}

/** How it ends is asked of one version, and done by the other. */
async function tryEnds(stack: TrainingStack, options: Options, older: string): Promise<void> {
  for (const [by, to] of [
    [older, null],
    [null, older],
  ] as const) {
    const name = by === null ? 'newer, then older' : 'older, then newer';
    const change = { signal: 'SIGTERM', to } as const;
    for (const end of ['time budget', 'stopped', 'cancelled'] as const) {
      const id = await begun(stack, { ...options, ...(end === 'time budget' && { timeBudgetSeconds: budgetSeconds }) }, by);
      await untilCheckpoint(stack, id);
      if (end === 'stopped')
        await Promise.all([stack.replaceTrainer(change.signal, to), stack.ask(`/api/v1/runs/${id}/stop`, { method: 'POST' })]);
      else await stack.replaceTrainer(change.signal, to);
      if (end === 'cancelled') await stack.ask(`/api/v1/jobs/${id}/cancel`, { method: 'POST' });
      const run = await ended(stack, id);
      const came = run.state === 'succeeded' ? run.result?.end : run.state;
      const seconds = Math.round(run.result?.seconds ?? 0);
      const violations = came === end ? [] : [`it came to ${came}`];
      if (end === 'time budget' && seconds > budgetSeconds + budgetSlackSeconds) violations.push(`it trained for ${seconds} s`);
      const registered = await stack.workspace.models.versions.find(id);
      if ((registered === null) !== (end === 'cancelled')) violations.push(`registered: ${registered !== null}`);
      tell({ recipe: options.recipe, name, end, seconds, epochs: run.epochs.length, state: run.state }, violations);
    }
  }
}

function tell(found: object, violations: readonly string[]): void {
  printLine({ ...found, verdict: violations.length === 0 ? 'ok' : 'broken', violations });
  if (violations.length > 0) process.exitCode = 1;
}

async function begun(stack: TrainingStack, options: object, by: string | null): Promise<string> {
  await stack.replaceTrainer('SIGTERM', by);
  return stack.train(options);
}

/** Another trainer goes on with it. */
async function changed(stack: TrainingStack, id: string, { signal, to }: Change): Promise<number> {
  const step = await untilCheckpoint(stack, id);
  await stack.replaceTrainer(signal, to);
  return step;
}

async function ended(stack: TrainingStack, id: string): ReturnType<TrainingStack['run']> {
  for (const deadline = Date.now() + endsWithinSeconds * 1_000; Date.now() < deadline; await sleep(100)) {
    const run = await stack.run(id);
    if (run.finishedAt !== null) return run;
  }
  throw new Error(`The run ${id} has not ended after ${endsWithinSeconds} s: ${JSON.stringify(await stack.run(id))}`);
}

async function untilCheckpoint(stack: TrainingStack, id: string): Promise<number> {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; await sleep(50)) {
    const { state, step } = await fitOf(stack, id);
    if (state === 'running' && step !== null) return step;
    if (state === 'succeeded' || state === 'failed') break;
  }
  throw new Error(`The fit of ${id} ended before it could be disturbed: ${JSON.stringify(await fitOf(stack, id))}`);
}

const checkpointStep = z.object({ newest: z.object({ step: z.int() }) });

async function fitOf({ database }: TrainingStack, jobId: string): Promise<{ state: string; attempt: number; step: number | null }> {
  const select = { state: true, attempt: true, checkpoint: true } as const;
  const row = await database.prisma.task.findFirst({ where: { jobId, name: fitModel.name, ordinal: 0 }, select });
  if (row === null) return { state: 'absent', attempt: 0, step: null };
  const parsed = checkpointStep.safeParse(row.checkpoint);
  return { state: row.state, attempt: row.attempt, step: parsed.success ? parsed.data.newest.step : null };
}
