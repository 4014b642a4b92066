import type { JudgedParent } from './judged-parent.js';

const intervalMs = 1000;

/** Looks at the parent each second from the end of its warm-up on: how much it held at most, beside what it held then. */
export class VitalsWatch {
  private highestMb: number;
  private readonly timer = setInterval(() => void this.look().catch(() => {}), intervalMs);

  private constructor(
    private readonly parent: JudgedParent,
    private readonly warmMb: number,
  ) {
    this.highestMb = warmMb;
  }

  static async start(parent: JudgedParent): Promise<VitalsWatch> {
    return new VitalsWatch(parent, (await parent.vitals()).residentMb);
  }

  async take() {
    const { longestBlockMs, longestDelayMs, residentMb } = await this.look();
    return {
      parentMb: { warm: Math.round(this.warmMb), highest: Math.round(this.highestMb), now: Math.round(residentMb) },
      grownMb: Math.round(this.highestMb - this.warmMb),
      longestBlockMs: Math.round(longestBlockMs),
      longestDelayMs: Math.round(longestDelayMs),
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
