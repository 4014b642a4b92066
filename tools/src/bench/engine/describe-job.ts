import { describeJob } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { planOf } from '@earshot/queue';
import { z } from 'zod';
import { ChildProgram } from '../stack/child-program.js';
import { type DoorbellName, Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';
import { BenchEngine } from './bench-engine.js';
import { type StoredClips, storeClips } from './stored-clips.js';

interface DescribeOptions {
  clips: number;
  children: number;
  places: number;
}

const warmUpClips = 1_000;
const timing = z.object({ seconds: z.number().positive() });

/** Stored clips as one job through the extractor, beside the same sandbox function over the same files without the engine. */
export async function describeStored(doorbell: DoorbellName, { clips, children, places }: DescribeOptions) {
  const servers = await Servers.start(doorbell);
  const engine = await BenchEngine.start(servers);
  try {
    const { workspace, database } = engine;
    const stored = await storeClips({ count: clips, home: servers.home, workspaceId: workspace.id, database });
    const bareSeconds = [await bare(stored, { children, places })];
    const jobSeconds = await asJob(engine, servers, stored, { children, places });
    bareSeconds.push(await bare(stored, { children, places })); // before and after: the machine may have changed
    const barePerSecond = (clips * bareSeconds.length) / bareSeconds.reduce((sum, seconds) => sum + seconds, 0);
    return { clipsPerSecond: clips / jobSeconds, barePerSecond, ratio: clips / jobSeconds / barePerSecond };
  } finally {
    await engine.close();
    await servers.stop();
  }
}

async function bare({ files }: StoredClips, { children, places }: Omit<DescribeOptions, 'clips'>): Promise<number> {
  const program = new ChildProgram(new URL('./bare-sandbox.js', import.meta.url), [String(children), String(places)]);
  try {
    program.tell({ files, warmUp: warmUpClips });
    return timing.parse(await program.hear()).seconds;
  } finally {
    await program.stop();
  }
}

async function asJob(
  engine: BenchEngine,
  { home, env }: Servers,
  { ids }: StoredClips,
  { children, places }: Omit<DescribeOptions, 'clips'>,
): Promise<number> {
  const sized = { EARSHOT_SANDBOX_CHILDREN: String(children), EARSHOT_PLACES: String(places) };
  const extractor = await Service.start('extractor', { home, env: { ...env, ...sized } });
  const described = async (clipIds: string[]) => {
    const items: NewItem[] = clipIds.map((clipId) => ({ clipId, customId: null }));
    const { id, total } = await engine.accept(describeJob.kind, planOf(describeJob), items);
    const startMs = Date.now();
    const { succeeded, finishedAt } = await engine.ended(id);
    if (succeeded !== total) throw new Error(`${succeeded} of ${total} clips were described`);
    return (finishedAt.getTime() - startMs) / 1000;
  };
  try {
    await described(ids.slice(0, warmUpClips));
    return await described(ids);
  } finally {
    await extractor.stop();
  }
}
