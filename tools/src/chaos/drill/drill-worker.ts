// The process that does the work of drill jobs. It is what every worker service is, around a handler that can be told to die.
import { hostname } from 'node:os';
import { readConfig, runService, wholeNumber } from '@earshot/platform';
import { type HandledTask, Worker } from '@earshot/queue';
import { z } from 'zod';
import { longHandlers } from '../long/long.handlers.js';
import { LongLog } from '../long/long-log.js';
import { DrillHandler } from './drill.handler.js';
import { drillQueue, drillTasks, olderDrillTasks } from './drill.jobs.js';
import { DrillLog } from './drill-log.js';
import { startDrillService } from './drill-service.js';

const settings = z.object({
  DRILL_LOG: z.string(),
  LONG_LOG: z.string(),
  DRILL_SLOTS: wholeNumber(1, 100),
  DRILL_AGE: z.enum(['current', 'older']).default('current'),
});

await runService('drill-worker', (env) =>
  startDrillService('drill-worker', env, async (parts) => {
    const { DRILL_LOG, LONG_LOG, DRILL_SLOTS: slots, DRILL_AGE } = readConfig(settings, env);
    const drillLog = new DrillLog(DRILL_LOG);
    const tasks = DRILL_AGE === 'older' ? olderDrillTasks : drillTasks;
    const handlers = new Map(
      tasks.map((task): [string, HandledTask] => [task.name, { task, handler: new DrillHandler(task.name, drillLog) }]),
    );
    for (const [name, handled] of longHandlers(new LongLog(LONG_LOG))) handlers.set(name, handled);
    const worker = new Worker({ ...parts, name: `${hostname()} ${process.pid}`, queues: [drillQueue], handlers, slots });
    await worker.start();
    return () => worker.close();
  }),
);
