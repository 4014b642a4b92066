import type { Outcome } from './parent-messages.js';

const slowestAllowedMs = 5000;

/** What may be said of a stranger's file. Whatever else comes out of the sandbox is a fault: a crash, a kill, something uncoded. */
const verdicts = ['decoded', 'AUDIO_FORMAT_UNKNOWN', 'AUDIO_UNREADABLE', 'AUDIO_OUT_OF_RANGE', 'AUDIO_EMPTY', 'AUDIO_TOO_LONG'];

export const isFault = ({ outcome, ms }: Outcome): boolean => !verdicts.includes(outcome) || ms > slowestAllowedMs;

/** Counts what became of the mutants of one format. */
export class Tally {
  mutations = 0;
  faults = 0;
  slowestMs = 0;
  private readonly decoders: Record<string, number> = {};
  private readonly refused: Record<string, number> = {};

  add(outcome: Outcome): void {
    this.mutations++;
    this.slowestMs = Math.max(this.slowestMs, outcome.ms);
    if (isFault(outcome)) this.faults++;
    const [counts, key] = outcome.decoder === undefined ? [this.refused, outcome.outcome] : [this.decoders, outcome.decoder];
    counts[key] = (counts[key] ?? 0) + 1;
  }

  row() {
    const { mutations, faults, slowestMs, decoders, refused } = this;
    const decoded = Object.values(decoders).reduce((sum, count) => sum + count, 0);
    return { mutations, decoded, decoders, refused, faults, slowestMs };
  }
}
