import { planOf } from '@earshot/contracts';
import type { NewItem } from '@earshot/database';
import { ChildProgram } from '../../stack/child-program.js';
import { ownProcessorMs, treeProcessorMs } from '../../stack/process-tree.js';
import { type DoorbellName, Servers } from '../../stack/servers.js';
import { BenchEngine } from './bench-engine.js';
import { emptyJob } from './empty-job.js';

/** One job of as many tasks, each over one item with nothing to do: from its rows to its end. */
export async function emptyTasks(doorbell: DoorbellName, { tasks, slots }: { tasks: number; slots: number }) {
  const servers = await Servers.start(doorbell);
  const redisUrl = servers.redis === null ? [] : [servers.redis.url];
  const engine = await BenchEngine.start(servers);
  const worker = new ChildProgram(new URL('./empty-worker.js', import.meta.url), [servers.databaseUrl, String(slots), ...redisUrl]);
  try {
    await worker.hear();
    const warm = await engine.accept(emptyJob.kind, planOf(emptyJob), nothings(1_000));
    await engine.ended(warm.id);

    const before = usage(servers, worker);
    const acceptedFromMs = Date.now();
    const { id } = await engine.accept(emptyJob.kind, planOf(emptyJob), nothings(tasks));
    const startedMs = Date.now();
    const { succeeded, finishedAt } = await engine.ended(id);
    const doneMs = finishedAt.getTime();
    if (succeeded !== tasks) throw new Error(`${succeeded} of ${tasks} tasks succeeded`);
    const after = usage(servers, worker);
    return {
      acceptSeconds: (startedMs - acceptedFromMs) / 1000,
      tasksPerSecond: (tasks * 1000) / (doneMs - startedMs),
      withAcceptingPerSecond: (tasks * 1000) / (doneMs - acceptedFromMs),
      processorMsPerTask: Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / tasks])),
    };
  } finally {
    await worker.stop();
    await engine.close();
    await servers.stop();
  }
}

function usage({ postgres, redis }: Servers, worker: ChildProgram): Record<string, number> {
  return {
    gateway: ownProcessorMs(process.pid),
    worker: ownProcessorMs(worker.pid),
    postgres: treeProcessorMs(postgres.pid),
    ...(redis?.pid !== undefined && { redis: ownProcessorMs(redis.pid) }),
  };
}

function* nothings(count: number): Generator<NewItem> {
  for (let i = 0; i < count; i++) yield { clipId: null, customId: null };
}
