/** Keeps this thread computing for so much of its own processor time, however long that takes on a busy machine. */
export function spendProcessorTime(ms: number): void {
  const before = process.threadCpuUsage();
  for (let spentUs = 0; spentUs < ms * 1000; ) {
    const now = process.threadCpuUsage();
    spentUs = now.user - before.user + now.system - before.system;
  }
}
