import { type Passage, toleranceOf } from './tolerance.js';

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

/** Collects deviations, one row of the table for each feature of each profile and each kind of passage. */
export class Comparison {
  private readonly rows = new Map<string, Row>();
  readonly faults: string[] = [];

  compare(profile: string, clip: string, entry: string, passage: Passage, ours: number, reference: number): void {
    const feature = entry.replace(/_\d+$/, '');
    const key = `${profile} | ${feature} | ${passage}`;
    const row = this.rows.get(key) ?? { entries: 0, compared: 0, relativeSum: 0, relativeMax: 0, absoluteMax: 0, worst: '', outside: 0 };
    this.rows.set(key, row);
    const absolute = Math.abs(ours - reference);
    const relative = absolute === 0 ? 0 : absolute / Math.abs(reference);
    const tolerance = toleranceOf(clip, feature, passage);
    row.entries++;
    row.absoluteMax = Math.max(row.absoluteMax, absolute);
    if (Math.abs(reference) >= smallest) {
      row.compared++;
      row.relativeSum += relative;
      if (relative >= row.relativeMax) row.worst = clip;
      row.relativeMax = Math.max(row.relativeMax, relative);
    }
    if (relative <= tolerance.relative || absolute <= tolerance.absolute) return;
    row.outside++;
    this.faults.push(`${profile} ${clip} ${entry}: ${ours} where librosa has ${reference} (${passage})`);
  }

  /** Something that makes the numbers incomparable: another shape, an error on one side only. */
  fault(text: string): void {
    this.faults.push(text);
  }

  table(): string {
    const head =
      '| profile | feature | clips | entries | max relative | mean relative | max absolute | worst clip | outside |\n|---|---|---|---|---|---|---|---|---|';
    const lines = [...this.rows].map(([key, { entries, compared, relativeSum, relativeMax, absoluteMax, worst, outside }]) =>
      [
        '',
        key,
        entries,
        relativeMax.toExponential(1),
        (relativeSum / Math.max(1, compared)).toExponential(1),
        absoluteMax.toExponential(1),
        worst,
        outside,
        '',
      ]
        .join(' | ')
        .trim(),
    );
    return [head, ...lines].join('\n');
  }
}
