import { type Job, planOf } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { z } from 'zod';
import { ChildProgram } from '../../stack/child-program.js';
import { ownProcessorMs, treeProcessorMs } from '../../stack/process-tree.js';
import { type DoorbellName, Servers } from '../../stack/servers.js';
import { Service } from '../../stack/service.js';
import { BenchEngine } from './bench-engine.js';
import type { BareWork, SandboxCall } from './sandbox-call.js';
import { type StoredClips, storeClips } from './stored-clips.js';

/** One job, and what its handler asks of the sandbox for each clip. */
export interface ClipWork {
  job: Job;
  input: object;
  call: SandboxCall;
}

interface ClipJobOptions {
  /** Processes of the sandbox. */
  children: number;
  clips: number;
  /** Other clips of the same kind, worked on before; results that are kept must not be found again. */
  warmUpClips: number;
  /** How long the clip with this number is; one second by default. */
  secondsOf?: (number: number) => number;
}

const timing = z.object({ seconds: z.number().positive(), processorMs: z.number() });

/** Stored clips as one job through the extractor, beside the same sandbox function over the same files without the engine. */
export async function clipJob(doorbell: DoorbellName, work: ClipWork, { clips, warmUpClips, secondsOf, children }: ClipJobOptions) {
  const servers = await Servers.start(doorbell);
  const engine = await BenchEngine.start(servers);
  try {
    const { workspace, database } = engine;
    const count = warmUpClips + clips;
    const stored = await storeClips({ count, secondsOf, home: servers.home, workspaceId: workspace.id, database });
    const [warmUp, timed] = [part(stored, 0, warmUpClips), part(stored, warmUpClips, count)];
    const bareWork = { warmUp: warmUp.files, files: timed.files, call: work.call };
    const before = await bare(bareWork, children);
    const ofJob = await asJob(engine, servers, work, { warmUp: warmUp.ids, timed: timed.ids }, children);
    const after = await bare(bareWork, children); // before and after: the machine may have changed
    const processorMs: Record<string, number> = { bare: (before.processorMs + after.processorMs) / 2, ...ofJob.processorMs };
    const processorMsPerClip = Object.fromEntries(Object.entries(processorMs).map(([name, ms]) => [name, ms / clips]));
    return { clips, jobSeconds: ofJob.seconds, bareSeconds: [before.seconds, after.seconds], processorMsPerClip };
  } finally {
    await engine.close();
    await servers.stop();
  }
}

function part({ ids, files }: StoredClips, from: number, to: number): StoredClips {
  return { ids: ids.slice(from, to), files: files.slice(from, to) };
}

async function bare(work: BareWork, children: number): Promise<z.output<typeof timing>> {
  const program = new ChildProgram(new URL('./bare-sandbox.js', import.meta.url), [String(children)]);
  try {
    program.tell(work);
    return timing.parse(await program.hear());
  } finally {
    await program.stop();
  }
}

async function asJob(
  engine: BenchEngine,
  servers: Servers,
  { job, input }: ClipWork,
  { warmUp, timed }: { warmUp: string[]; timed: string[] },
  children: number,
) {
  const { home, env } = servers;
  const extractor = await Service.start('extractor', { home, env: { ...env, EARSHOT_SANDBOX_CHILDREN: String(children) } });
  const worked = async (clipIds: string[]) => {
    const items: NewItem[] = clipIds.map((clipId) => ({ clipId, customId: null }));
    const { id, total } = await engine.accept(job.kind, planOf(job, items.length), items, input);
    const [startMs, before] = [Date.now(), used(servers, extractor)];
    const { succeeded, finishedAt } = await engine.ended(id);
    if (succeeded !== total) throw new Error(`${succeeded} of ${total} clips succeeded`);
    const processorMs = Object.fromEntries(Object.entries(used(servers, extractor)).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
    return { seconds: (finishedAt.getTime() - startMs) / 1000, processorMs };
  };
  try {
    await worked(warmUp);
    return await worked(timed);
  } finally {
    await extractor.stop();
  }
}

function used({ postgres, redis }: Servers, extractor: Service): Record<string, number> {
  return {
    gateway: ownProcessorMs(process.pid), // its part of the engine is in this process
    extractor: ownProcessorMs(extractor.pid),
    sandbox: treeProcessorMs(extractor.pid) - ownProcessorMs(extractor.pid),
    postgres: treeProcessorMs(postgres.pid),
    ...(redis?.pid !== undefined && { redis: ownProcessorMs(redis.pid) }),
  };
}
