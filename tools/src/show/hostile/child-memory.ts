import { writeFileSync } from 'node:fs';
import { childrenOf, treePeakRssMb } from '../../stack/process-tree.js';

const intervalMs = 25;

/**
 * The most that any sandbox child held together with the program it ran, by the kernel's own record of each process's peak: what was
 * highest between two looks is seen, too. Peaks of the two need not coincide, so it may be a little more than was ever held. Linux only.
 */
export class ChildMemoryMeter {
  private mostMb = 0;
  private readonly timer = setInterval(() => this.look(), intervalMs);

  constructor(private readonly parentPid: number) {}

  /** The peak since `startAnew`, in MB; null where it cannot be looked at. */
  peakMb(): number | null {
    this.look();
    return process.platform === 'linux' ? Math.round(this.mostMb) : null;
  }

  startAnew(): void {
    for (const pid of childrenOf(this.parentPid)) forgetPeak(pid);
    this.mostMb = 0;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const pid of childrenOf(this.parentPid)) this.mostMb = Math.max(this.mostMb, treePeakRssMb(pid));
  }
}

function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // it ended meanwhile, and its peak with it
  }
}
