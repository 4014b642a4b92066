import type { JudgedParent } from './judged-parent.js';

const intervalMs = 1000;

/**
 * How much the parent grew since its warm-up, in two ways: the most that was resident at any second beside what was resident then, and
 * what is in use after a collection of garbage beside what was in use then. The first sees peaks, the second leaks.
 */
export class VitalsWatch {
  private highestMb: number;
  private readonly timer = setInterval(() => void this.look().catch(() => {}), intervalMs);

  private constructor(
    private readonly parent: JudgedParent,
    private readonly warmMb: number,
    private readonly warmUsedMb: number,
  ) {
    this.highestMb = warmMb;
  }

  static async start(parent: JudgedParent): Promise<VitalsWatch> {
    return new VitalsWatch(parent, (await parent.vitals()).residentMb, await parent.usedMb());
  }

  async take() {
    const { longestBlockMs, longestDelayMs, residentMb } = await this.look();
    return {
      residentMb: { warm: Math.round(this.warmMb), highest: Math.round(this.highestMb), now: Math.round(residentMb) },
      longestBlockMs: Math.round(longestBlockMs),
      longestDelayMs: Math.round(longestDelayMs),
    };
  }

  async takeGrowth() {
    const usedMb = await this.parent.usedMb();
    return {
      usedMb: { warm: Math.round(this.warmUsedMb), now: Math.round(usedMb) },
      grownMb: Math.round(Math.max(this.highestMb - this.warmMb, usedMb - this.warmUsedMb)),
    };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look() {
    const vitals = await this.parent.vitals();
    this.highestMb = Math.max(this.highestMb, vitals.residentMb);
    return vitals;
  }
}
