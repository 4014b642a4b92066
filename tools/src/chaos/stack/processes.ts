import { readdirSync, readFileSync } from 'node:fs';

interface FoundProcess {
  pid: number;
  commandLine: string;
}

/** The processes whose command line or environment names a folder: everything that was started for it. Linux only; nothing elsewhere. */
export function processesOf(folder: string): FoundProcess[] {
  return pids()
    .map((pid) => ({ pid, commandLine: read(pid, 'cmdline'), environment: read(pid, 'environ') }))
    .filter(({ pid, commandLine, environment }) => pid !== process.pid && (commandLine.includes(folder) || environment.includes(folder)))
    .map(({ pid, commandLine }) => ({ pid, commandLine: commandLine.replaceAll('\0', ' ').trim() }));
}

function pids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it has ended meanwhile
  }
}
