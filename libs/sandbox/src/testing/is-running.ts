import { spawnSync } from 'node:child_process';

/** Whether a process is there and not merely unreaped. */
export function isRunning(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
}

/** How many processes of a group are there and not merely unreaped. */
export function runningInGroup(groupId: number): number {
  const { stdout } = spawnSync('ps', ['-ax', '-o', 'pgid=,stat='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  return rows.filter(([group, state = 'Z']) => Number(group) === groupId && !state.startsWith('Z')).length;
}

/** The process that leads the group of the child whose folder this is. */
export function leaderOf(folder: string, parent = process.pid): number {
  const { stdout } = spawnSync('ps', ['-ax', '-ww', '-o', 'ppid=,pid=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  const pids = rows.filter(([ppid, , ...args]) => Number(ppid) === parent && args.includes(folder)).map(([, pid]) => Number(pid));
  if (pids.length !== 1) throw new Error(`${pids.length} children have the folder ${folder}`);
  return pids[0]!;
}

/** The processes that a process has started and that are there. */
export function childrenOf(parent: number): number[] {
  const { stdout } = spawnSync('ps', ['-ax', '-o', 'ppid=,pid=,stat=,comm='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  const isChild = ([ppid, , state = 'Z', command]: string[]) => Number(ppid) === parent && !state.startsWith('Z') && command !== 'ps';
  return rows.filter(isChild).map(([, pid]) => Number(pid));
}

/** The processes that have this among their arguments. */
export function processesWith(argument: string): number[] {
  const { stdout } = spawnSync('ps', ['-ax', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' });
  const rows = stdout.split('\n').map((row) => row.trim().split(/\s+/));
  return rows.filter(([, ...args]) => args.includes(argument)).map(([pid]) => Number(pid));
}
