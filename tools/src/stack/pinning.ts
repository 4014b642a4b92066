import { spawnSync } from 'node:child_process';

/** Holds this process, and everything it starts from now on, on some processors (`0,1`); returns what can be said of it. */
export function pinTo(cpus: string): string {
  const { status, error } = spawnSync('taskset', ['-a', '-c', '-p', cpus, String(process.pid)], { stdio: 'ignore' });
  if (status !== 0) throw new Error(`This process cannot be held on the processors ${cpus} (taskset)`, { cause: error });
  return `everything, servers and clients, on the processors ${cpus} (taskset)`;
}
