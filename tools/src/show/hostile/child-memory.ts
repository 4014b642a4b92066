import { readFileSync, writeFileSync } from 'node:fs';

const intervalMs = 25;

/**
 * The most that any sandbox child held together with the program it ran, by the kernel's own record of each process's peak: what was
 * highest between two looks is seen, too. Peaks of the two need not coincide, so it may be a little more than was ever held. Linux only.
 */
export class ChildMemoryMeter {
  private peakKb = 0;
  private readonly timer = setInterval(() => this.look(), intervalMs);

  constructor(private readonly parentPid: number) {}

  /** The peak since `startAnew`, in MB; null where it cannot be looked at. */
  peakMb(): number | null {
    this.look();
    return process.platform === 'linux' ? Math.round(this.peakKb / 1024) : null;
  }

  startAnew(): void {
    for (const pid of childrenOf(this.parentPid)) forgetPeak(pid);
    this.peakKb = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const pid of childrenOf(this.parentPid)) this.peakKb = Math.max(this.peakKb, peakKbOfTree(pid));
  }
}

function peakKbOfTree(pid: number): number {
  const [, kb = '0'] = /^VmHWM:\s+(\d+)/m.exec(read(`/proc/${pid}/status`)) ?? [];
  return childrenOf(pid).reduce((sum, child) => sum + peakKbOfTree(child), Number(kb));
}

const childrenOf = (pid: number): number[] => read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);

function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // it ended meanwhile, and its peak with it
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
