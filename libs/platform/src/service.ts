import { ConfigError, configExitCode, environment } from './config.js';
import { createLog } from './log.js';
import { refuseDebugger } from './refuse-debugger.js';
import { onShutdown } from './shutdown.js';
import { keepHeapSmall } from './small-heap.js';

/** A started service. */
export interface Running {
  /** Where it answers /livez and /readyz. */
  url?: string;
  /** Ends it in order: drains, finishes or hands back its work, closes what it opened. */
  close(): Promise<void>;
}

/** Who is told to end while he starts has so long to come to what can be closed in order; after that he holds nothing that is worth waiting for. */
const startLimitSeconds = 5;

/**
 * The whole of a service's `main.ts`: starts it with the environment, ends it on signals, also on those that come while it starts.
 * Wrong settings are lines on standard error and exit code 78, any other fault of the start is exit code 1.
 */
export async function runService(service: string, start: (env: NodeJS.ProcessEnv) => Promise<Running>): Promise<void> {
  keepHeapSmall();
  refuseDebugger();
  const log = createLog({ service });
  let running: Running | undefined;
  try {
    const starting = start(environment);
    onShutdown({
      log,
      steps: [
        { name: 'start', limitSeconds: startLimitSeconds, run: () => starting },
        { name: service, limitSeconds: 24, run: () => running?.close() },
      ],
    });
    running = await starting;
  } catch (error) {
    if (error instanceof ConfigError) {
      process.stderr.write(`${service} cannot start with these settings:\n${error.message.replace(/^/gm, '  ')}\n`);
      process.exit(configExitCode);
    }
    log.fatal({ error }, 'the start failed');
    process.exit(1);
  }
}
