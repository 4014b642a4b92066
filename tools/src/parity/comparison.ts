import { Spreads } from './spreads.js';
import { isBlindToLevel, isExact, type Passage, toleranceOf } from './tolerance.js';

/** One entry of a profile as ours and as librosa's. */
export interface Entry {
  /** Its column, or the feature and what was taken of it. A number at its end does not tell features apart. */
  name: string;
  ours: number;
  reference: number;
}

interface Row {
  entries: number;
  compared: number;
  relativeSum: number;
  relativeMax: number;
  absoluteMax: number;
  worst: string;
  outside: number;
}

/** Entries nearer to zero than this are judged by their absolute error; a quotient would say nothing. */
const smallest = 1e-2;
const columns = ['profile', 'feature', 'clips', 'entries', 'max relative', 'mean relative', 'max absolute', 'worst clip', 'outside'];

/**
 * Collects deviations, one row of a table for each feature of each profile: relative and absolute ones of clips that are not resampled, and of
 * a tempo; of resampled clips shares of the column's spread.
 */
export class Comparison {
  private readonly rows = new Map<string, Row>();
  private readonly spreads = new Spreads();
  readonly faults: string[] = [];

  compare(profile: string, clip: string, passage: Passage, { name, ours, reference }: Entry): void {
    const feature = name.replace(/_\d+$/, '');
    if (!Number.isFinite(ours) || !Number.isFinite(reference)) {
      this.faults.push(`${profile} ${clip} ${name}: ${ours} where librosa has ${reference} (${passage})`);
      return;
    }
    this.spreads.addReference(profile, feature, name, reference);
    if (passage !== 'no resampling' && !isExact(feature)) {
      const judged = isBlindToLevel(feature) ? passage : 'resampled';
      this.spreads.addDeviation(profile, feature, name, judged, Math.abs(ours - reference), clip);
      return;
    }
    const row = this.row(`${profile} | ${feature} | ${passage}`);
    const absolute = Math.abs(ours - reference);
    const relative = absolute === 0 ? 0 : absolute / Math.abs(reference);
    const tolerance = toleranceOf(feature);
    const isInside = relative <= tolerance.relative || absolute <= tolerance.absolute;
    row.entries++;
    row.absoluteMax = Math.max(row.absoluteMax, absolute);
    if (Math.abs(reference) >= smallest) {
      row.compared++;
      row.relativeSum += relative;
      if (relative >= row.relativeMax) row.worst = clip;
      row.relativeMax = Math.max(row.relativeMax, relative);
    }
    if (isInside) return;
    row.outside++;
    this.faults.push(`${profile} ${clip} ${name}: ${ours} where librosa has ${reference} (${passage})`);
  }

  /** Something that makes the numbers incomparable: another shape, an error on one side only. */
  fault(text: string): void {
    this.faults.push(text);
  }

  table(): string {
    const lines = [...this.rows].map(([key, row]) => {
      const numbers = [row.relativeMax, row.relativeSum / Math.max(1, row.compared), row.absoluteMax].map((value) =>
        value.toExponential(1),
      );
      return `| ${[key, row.entries, ...numbers, row.worst, row.outside].join(' | ')} |`;
    });
    return [`| ${columns.join(' | ')} |`, `|${'---|'.repeat(columns.length)}`, ...lines].join('\n');
  }

  /** The resampled clips. Call it once, at the end: what is outside becomes a fault. */
  spreadTable(): string {
    const table = this.spreads.table();
    this.faults.push(...this.spreads.faults());
    return table;
  }

  private row(key: string): Row {
    const empty = { entries: 0, compared: 0, relativeSum: 0, relativeMax: 0, absoluteMax: 0, worst: '', outside: 0 };
    const row = this.rows.get(key) ?? empty;
    this.rows.set(key, row);
    return row;
  }
}
