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
