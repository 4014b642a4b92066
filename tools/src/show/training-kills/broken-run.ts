import { setTimeout as sleep } from 'node:timers/promises';
import { fitModel } from '@earshot/contracts';
import type { Random } from '@earshot/learning';
import type { TrainingStack } from '../../training/training-stack.js';

export interface Kill {
  /** Of the fit: which attempt it ended. */
  attempt: number;
  /** Of the newest checkpoint that was written before. */
  step: number;
  /** Time of training that the kill cost: since that checkpoint, or since the attempt began to train. */
  lostSeconds: number;
}

interface Fit {
  state: string;
  attempt: number;
  step: number | null;
}

interface Breaking {
  kills: number;
  /** Longest time between the first checkpoint of an attempt and its death. */
  mostMs: number;
  random: Random;
}

/** Kills the trainer at random moments of the fit of a run, until it has been killed so often or the fit has ended. */
export async function breakRun(stack: TrainingStack, runId: string, { kills, mostMs, random }: Breaking): Promise<Kill[]> {
  const done: Kill[] = [];
  while (done.length < kills) {
    const before = done.at(-1);
    // A checkpoint lies between two deaths: three of them without one would be a training that kills its trainer.
    const fit = await until(stack, runId, (one) => one.attempt > (before?.attempt ?? 0) && (one.step ?? 0) > (before?.step ?? 0));
    if (fit === null) break;
    const killAtMs = performance.now() + random.uniform(done.length) * mostMs;
    let [seen, seenAtMs] = [fit, performance.now()];
    while (performance.now() < killAtMs) {
      const now = await read(stack, runId);
      if (now === null || now.state !== 'running') break;
      if (now.step !== seen.step) [seen, seenAtMs] = [now, performance.now()];
      await sleep(20);
    }
    const lostSeconds = (performance.now() - seenAtMs) / 1_000;
    if ((await read(stack, runId))?.state !== 'running') break;
    await stack.killTrainer();
    done.push({ attempt: seen.attempt, step: seen.step ?? 0, lostSeconds: Math.round(lostSeconds * 100) / 100 });
  }
  return done;
}

/** The fit, once it is as wanted; null when it has ended before. */
async function until(stack: TrainingStack, runId: string, isWanted: (fit: Fit) => boolean): Promise<Fit | null> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(20)) {
    const fit = await read(stack, runId);
    if (fit?.state === 'succeeded' || fit?.state === 'failed') return null;
    if (fit?.state === 'running' && isWanted(fit)) return fit;
  }
  throw new Error(`The fit of ${runId} does not go on: ${JSON.stringify(await read(stack, runId))}`);
}

async function read({ database }: TrainingStack, runId: string): Promise<Fit | null> {
  const row = await database.prisma.task.findFirst({
    where: { jobId: runId, name: fitModel.name, ordinal: 0 },
    select: { state: true, attempt: true, checkpoint: true },
  });
  if (row === null) return null;
  const step: unknown = Object(Object(row.checkpoint).newest).step;
  return { state: row.state, attempt: row.attempt, step: typeof step === 'number' ? step : null };
}
