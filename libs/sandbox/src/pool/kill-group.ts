/** Ends a process with all the programs it started; it leads its own group. Nothing happens when it has ended already. */
export function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}

/** macOS answers EPERM for a group of which only unreaped processes are left. */
function isGone(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && (error.code === 'ESRCH' || error.code === 'EPERM');
}
