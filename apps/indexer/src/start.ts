import type { QueueName } from '@earshot/contracts';
import { type Running, readConfig } from '@earshot/platform';
import { startWorker } from '@earshot/worker';
import { indexerSettings } from './config.js';
import { IndexerModule } from './indexer.module.js';

/** What this service serves. */
export const queues: readonly QueueName[] = ['index'];

/** Short tasks at the same time: plans and switches, which read and write some rows. */
const shortTasks = 4;

/** Starts the indexer with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readConfig(indexerSettings, env);
  const slots = { short: shortTasks, long: config.EARSHOT_INDEX_SLOTS };
  return startWorker(config, { name: 'indexer', queues, slots, module: (parts) => IndexerModule.with({ ...parts, config }) });
}
