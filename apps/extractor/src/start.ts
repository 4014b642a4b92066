import { resolve } from 'node:path';
import type { QueueName } from '@earshot/contracts';
import { metrics, type Running, readConfig, sandboxCounter } from '@earshot/platform';
import { Sandbox, tellConfinement } from '@earshot/sandbox';
import { VectorStore } from '@earshot/vectors';
import { startWorker } from '@earshot/worker';
import { extractorSettings } from './config.js';
import { ExtractorModule } from './extractor.module.js';

/** What this service serves. */
export const queues: readonly QueueName[] = ['extract'];

/** Who computes for long gives way to who answers: what others ask for in a moment is taken, written and told meanwhile. */
const niceness = 5;

/** Starts the extractor with the settings of `env`; it owns what it opens, and leaves the process to whoever called. */
export function start(env: NodeJS.ProcessEnv): Promise<Running> {
  const config = readConfig(extractorSettings, env);
  return startWorker(config, {
    name: 'extractor',
    queues,
    slots: { short: config.EARSHOT_SLOTS, long: config.EARSHOT_LONG_SLOTS },
    module({ database, store, log, health, need }) {
      const home = resolve(config.EARSHOT_HOME);
      const sandbox = new Sandbox({ children: config.EARSHOT_SANDBOX_CHILDREN, niceness, home, onEnded: sandboxCounter(metrics), log });
      tellConfinement(sandbox.confinement, log, health);
      need('children', () => sandbox.ping());
      return ExtractorModule.with({ database, store, log, vectors: new VectorStore({ url: config.CHROMA_URL }), sandbox });
    },
  });
}
