import { setTimeout as sleep } from 'node:timers/promises';
import { buildIndex } from '@earshot/contracts';
import type { Random } from '@earshot/learning';
import type { LibraryStack } from '../../library/library-stack.js';

interface Build {
  state: string;
  attempt: number;
  step: number;
}

interface Breaking {
  kills: number;
  /** Longest time between the first page that an attempt writes and its death. */
  mostMs: number;
  random: Random;
}

/** Kills the indexer at random moments while it writes the vectors of a rebuild; returns how often, which may be less when it has ended before. */
export async function breakBuild(stack: LibraryStack, jobId: string, { kills, mostMs, random }: Breaking): Promise<number> {
  let before: Build = { state: '', attempt: 0, step: 0 };
  for (let done = 0; done < kills; done++) {
    // A page lies between two deaths: three of them without one would be a rebuild that kills its indexer.
    const build = await untilWritten(stack, jobId, before);
    if (build === null) return done;
    await sleep(random.uniform(done) * mostMs);
    const last = await read(stack, jobId);
    if (last?.state !== 'running') return done;
    await stack.killIndexer();
    before = last;
  }
  return kills;
}

/** A later attempt that has written more than the one before; null when the build has ended. */
async function untilWritten(stack: LibraryStack, jobId: string, before: Build): Promise<Build | null> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(10)) {
    const build = await read(stack, jobId);
    if (build?.state === 'succeeded' || build?.state === 'failed') return null;
    if (build?.state === 'running' && build.attempt > before.attempt && build.step > before.step) return build;
  }
  throw new Error(`The build of ${jobId} does not go on: ${JSON.stringify(await read(stack, jobId))}`);
}

async function read({ database }: LibraryStack, jobId: string): Promise<Build | null> {
  const row = await database.prisma.task.findFirst({
    where: { jobId, name: buildIndex.name },
    select: { state: true, attempt: true, checkpoint: true },
  });
  if (row === null) return null;
  const step: unknown = Object(Object(row.checkpoint).newest).step;
  return { state: row.state, attempt: row.attempt, step: typeof step === 'number' ? step : 0 };
}
