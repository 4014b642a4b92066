import { ConfigError, configExitCode, environment } from './config.js';
import { createLog, type Log } from './log.js';
import { refuseDebugger } from './refuse-debugger.js';
import { onShutdown, type ShutdownStep } from './shutdown.js';
import { keepHeapSmall } from './small-heap.js';

/** A started service. */
export interface Running {
  /** Where it answers /livez and /readyz. */
  url?: string;
  /** Ends it in order: drains, finishes or hands back its work, closes what it opened. */
  close(): Promise<void>;
}

/**
 * The whole of a service's `main.ts`: starts it with the environment, ends it on signals, also on those that come while it starts.
 * Wrong settings are lines on standard error and exit code 78, any other fault of the start is exit code 1.
 */
export async function runService(service: string, start: (env: NodeJS.ProcessEnv) => Promise<Running>): Promise<void> {
  const { log, endsWith } = beginProcess(service);
  try {
    const starting = start(environment);
    // Who has not started by then holds nothing that is worth waiting for.
    endsWith(starting, { startSeconds: 5, closeSeconds: 24 });
    await starting;
  } catch (error) {
    if (error instanceof ConfigError)
      process.stderr.write(`${service} cannot start with these settings:\n${error.message.replace(/^/gm, '  ')}\n`);
    else log.fatal({ error }, 'the start failed');
    process.exit(exitCodeOf(error));
  }
}

interface BegunProcess {
  log: Log;
  /** Told to end, also before it has started, it waits so long for that, and then so long for `close`. */
  endsWith(starting: Promise<Pick<Running, 'close'>>, limits: { startSeconds: number; closeSeconds: number }): void;
}

/** What every process that serves begins with, before anything else is loaded. It ends on signals, and with its supervisor. */
export function beginProcess(name: string, level?: string): BegunProcess {
  keepHeapSmall();
  refuseDebugger();
  const log = createLog({ service: name, level });
  const steps: ShutdownStep[] = [];
  onShutdown({ log, steps });
  const endsWith: BegunProcess['endsWith'] = (starting, { startSeconds, closeSeconds }) => {
    let started: Pick<Running, 'close'> | undefined;
    const start = async () => {
      started = await starting;
    };
    steps.push({ name: 'start', limitSeconds: startSeconds, run: start });
    steps.push({ name, limitSeconds: closeSeconds, run: () => started?.close() });
  };
  return { log, endsWith };
}

/** With which a process ends whose start failed: wrong settings have a code of their own. */
export function exitCodeOf(error: unknown): number {
  return error instanceof ConfigError ? configExitCode : 1;
}
