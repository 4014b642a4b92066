import { setInterval } from 'node:timers';
import { describeJob, planOf } from '@earshot/contracts';
import { ownRssMb } from '../../stack/process-tree.js';
import { Servers } from '../../stack/servers.js';
import { Service } from '../../stack/service.js';
import { BenchEngine } from './bench-engine.js';
import { itemsOver, linesOver, post } from './post-lines.js';
import { storeClips } from './stored-clips.js';

const clipCount = 1_000; // items may share clips

/** How long a job of so many items takes until it is accepted, and what memory its writer needs: by the repository, and by the HTTP route. */
export async function largeJob(items: number) {
  const servers = await Servers.start('notify');
  const engine = await BenchEngine.start(servers);
  try {
    const { workspace, database } = engine;
    const { ids } = await storeClips({ count: clipCount, home: servers.home, workspaceId: workspace.id, database });
    const repository = await watched(process.pid, async () => {
      const { total } = await engine.accept(describeJob.kind, planOf(describeJob), itemsOver(ids, items));
      return total;
    });
    const gateway = await Service.start('gateway', { home: servers.home, env: servers.env });
    try {
      await post(gateway.url, linesOver(ids, 1_000)); // what is loaded once is not memory of the large one
      return { repository, route: await watched(gateway.pid, () => post(gateway.url, linesOver(ids, items))) };
    } finally {
      await gateway.stop();
    }
  } finally {
    await engine.close();
    await servers.stop();
  }
}

async function watched(pid: number, work: () => Promise<number>) {
  const rssBeforeMb = ownRssMb(pid);
  let rssPeakMb = rssBeforeMb;
  const watch = setInterval(() => (rssPeakMb = Math.max(rssPeakMb, ownRssMb(pid))), 100);
  const startMs = performance.now();
  const items = await work().finally(() => clearInterval(watch));
  return { items, seconds: (performance.now() - startMs) / 1000, rssBeforeMb, rssPeakMb };
}
