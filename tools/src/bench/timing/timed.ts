/** Wall and processor time of one piece of work. */
export interface Timed {
  seconds: number;
  processorSeconds: number;
}

export async function timed(work: () => Promise<unknown> | unknown): Promise<Timed> {
  const start = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}
