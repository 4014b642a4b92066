// What a process and those below it used, as Linux tells it. Processes that ended are in the times of whoever waited for them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Processor time of a process alone, with its threads. */
export function ownProcessorMs(pid: number): number {
  const [user = 0, system = 0] = timesOf(pid);
  return ((user + system) * 1000) / ticksPerSecond;
}

/** Processor time of a process and of all it started, ended ones too. */
export function treeProcessorMs(pid: number): number {
  return (
    (treeOf(pid)
      .flatMap(timesOf)
      .reduce((sum, ticks) => sum + ticks, 0) *
      1000) /
    ticksPerSecond
  );
}

/** Processor time of the children of this process that have ended. */
export function endedChildrenProcessorMs(): number {
  const [, , user = 0, system = 0] = timesOf(process.pid);
  return ((user + system) * 1000) / ticksPerSecond;
}

/** Memory of a process and those below it in MB; what several share counts in parts (PSS). */
export function treePssMb(pid: number): number {
  return treeOf(pid).reduce((sum, each) => sum + kbOf(`/proc/${each}/smaps_rollup`, 'Pss'), 0) / 1024;
}

/** The most resident memory that a process alone ever had, in MB. */
export function peakRssMb(pid: number): number {
  return kbOf(`/proc/${pid}/status`, 'VmHWM') / 1024;
}

/** The same of a process and those below it, each at its most: a confined child has those before it that started it. */
export function treePeakRssMb(pid: number): number {
  return treeOf(pid).reduce((sumMb, each) => sumMb + peakRssMb(each), 0);
}

/** Resident memory of a process alone, in MB. */
export function ownRssMb(pid: number): number {
  return kbOf(`/proc/${pid}/status`, 'VmRSS') / 1024;
}

/** A process and all below it. */
export function treeOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(treeOf)];
}

export function childrenOf(pid: number): number[] {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return threads.flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number));
  } catch {
    return []; // it ended meanwhile
  }
}

/** utime, stime, cutime, cstime in ticks. The second field is a name in parentheses that may hold anything. */
function timesOf(pid: number): number[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number);
}

function kbOf(file: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(read(file))?.[1] ?? 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return ''; // it ended meanwhile
  }
}
