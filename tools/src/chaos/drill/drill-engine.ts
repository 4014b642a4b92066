// The engine for the queue of drills, which no gateway knows. Its rings, its reconciling and its leadership are the gateway's own.
import { runService } from '@earshot/platform';
import { Engine } from '@earshot/queue';
import { drillQueue } from './drill.jobs.js';
import { startDrillService } from './drill-service.js';

await runService('drill-engine', (env) =>
  startDrillService('drill-engine', env, async (parts) => {
    const engine = new Engine({ ...parts, queues: [drillQueue] });
    engine.start();
    return () => engine.close();
  }),
);
