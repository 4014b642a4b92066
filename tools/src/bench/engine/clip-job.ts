import type { Job } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { planOf } from '@earshot/queue';
import { z } from 'zod';
import { ChildProgram } from '../stack/child-program.js';
import { type DoorbellName, Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import { BenchEngine } from './bench-engine.js';
import type { BareWork, SandboxCall } from './sandbox-call.js';
import { type StoredClips, storeClips } from './stored-clips.js';

/** One job, and what its handler asks of the sandbox for each clip. */
export interface ClipWork {
  job: Job;
  input: object;
  call: SandboxCall;
}

interface ClipJobOptions extends Sizes {
  clips: number;
  /** Other clips of the same kind, worked on before; results that are kept must not be found again. */
  warmUpClips: number;
  /** How long the clip with this number is; one second by default. */
  secondsOf?: (number: number) => number;
}

interface Sizes {
  children: number;
  places: number;
}

const timing = z.object({ seconds: z.number().positive() });

/** Stored clips as one job through the extractor, beside the same sandbox function over the same files without the engine. */
export async function clipJob(doorbell: DoorbellName, work: ClipWork, { clips, warmUpClips, secondsOf, ...sizes }: ClipJobOptions) {
  const servers = await Servers.start(doorbell);
  const engine = await BenchEngine.start(servers);
  try {
    const { workspace, database } = engine;
    const count = warmUpClips + clips;
    const stored = await storeClips({ count, secondsOf, home: servers.home, workspaceId: workspace.id, database });
    const [warmUp, timed] = [part(stored, 0, warmUpClips), part(stored, warmUpClips, count)];
    const bareWork = { warmUp: warmUp.files, files: timed.files, call: work.call };
    const bareSeconds = [await bare(bareWork, sizes)];
    const jobSeconds = await asJob(engine, servers, work, { warmUp: warmUp.ids, timed: timed.ids }, sizes);
    bareSeconds.push(await bare(bareWork, sizes)); // before and after: the machine may have changed
    return { clips, jobSeconds, bareSeconds };
  } finally {
    await engine.close();
    await servers.stop();
  }
}

function part({ ids, files }: StoredClips, from: number, to: number): StoredClips {
  return { ids: ids.slice(from, to), files: files.slice(from, to) };
}

async function bare(work: BareWork, { children, places }: Sizes): Promise<number> {
  const program = new ChildProgram(new URL('./bare-sandbox.js', import.meta.url), [String(children), String(places)]);
  try {
    program.tell(work);
    return timing.parse(await program.hear()).seconds;
  } finally {
    await program.stop();
  }
}

async function asJob(
  engine: BenchEngine,
  { home, env }: Servers,
  { job, input }: ClipWork,
  { warmUp, timed }: { warmUp: string[]; timed: string[] },
  { children, places }: Sizes,
): Promise<number> {
  const sized = { EARSHOT_SANDBOX_CHILDREN: String(children), EARSHOT_PLACES: String(places) };
  const extractor = await Service.start('extractor', { home, env: { ...env, ...sized } });
  const secondsOf = async (clipIds: string[]) => {
    const items: NewItem[] = clipIds.map((clipId) => ({ clipId, customId: null }));
    const { id, total } = await engine.accept(job.kind, planOf(job), items, input);
    const startMs = Date.now();
    const { succeeded, finishedAt } = await engine.ended(id);
    if (succeeded !== total) throw new Error(`${succeeded} of ${total} clips succeeded`);
    return (finishedAt.getTime() - startMs) / 1000;
  };
  try {
    await secondsOf(warmUp);
    return await secondsOf(timed);
  } finally {
    await extractor.stop();
  }
}
