import type { QueueName } from '@earshot/contracts';
import { type Running, readConfig } from '@earshot/platform';
import { Sandbox } from '@earshot/sandbox';
import { VectorStore } from '@earshot/vectors';
import { startWorker } from '@earshot/worker';
import { extractorSettings } from './config.js';
import { ExtractorModule } from './extractor.module.js';

/** What this service serves. */
export const queues: readonly QueueName[] = ['extract'];

/** Starts the extractor with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readConfig(extractorSettings, env);
  return startWorker(config, {
    name: 'extractor',
    queues,
    slots: { short: config.EARSHOT_SLOTS, long: config.EARSHOT_LONG_SLOTS },
    module: ({ database, store, log }) =>
      ExtractorModule.with({
        database,
        store,
        log,
        vectors: new VectorStore({ url: config.CHROMA_URL }),
        sandbox: new Sandbox({ children: config.EARSHOT_SANDBOX_CHILDREN, log }),
      }),
  });
}
