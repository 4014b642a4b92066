import { beginProcess, ConfigError, type ConfigFault, configExitCode, environment, exitCodeOf } from '@earshot/platform';
import { type FromChild, toChild } from './messages.js';

interface Loaded {
  /** What is already known to be wrong with the settings. */
  faults: ConfigFault[];
  /** Returns the addresses by role, and how to end. */
  start(env: NodeJS.ProcessEnv): Promise<{ urls: Record<string, string>; close: () => Promise<void> }>;
}

/**
 * The whole of a process that `earshot up` starts: loads, says what is wrong with its settings, waits for the word to start, and ends
 * on a signal, or when the supervisor is gone, which it learns from the channel between the two, however the supervisor died.
 */
export async function runChild(name: string, load: () => Promise<Loaded>): Promise<void> {
  if (!process.connected) process.exit(1);
  const { log, endsWith } = beginProcess(name, 'warn');
  try {
    const { faults, start } = await load();
    tell({ kind: 'loaded', faults });
    if (faults.length > 0) return process.exit(configExitCode);
    const settings = await wordToStart();
    const starting = start({ ...environment, ...settings });
    // Told to end while it starts, it finishes the start first: PostgreSQL would be left running by half of one.
    endsWith(starting, { startSeconds: 20, closeSeconds: 20 });
    const { urls } = await starting;
    tell({ kind: 'started', urls });
  } catch (error) {
    if (!(error instanceof ConfigError)) log.fatal({ error }, 'the start failed');
    const faults = error instanceof ConfigError ? error.faults : [];
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error), faults });
    process.exit(exitCodeOf(error));
  }
}

function wordToStart(): Promise<Record<string, string>> {
  return new Promise((resolve) => {
    process.once('message', (message) => resolve(toChild.parse(message).settings));
  });
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}
