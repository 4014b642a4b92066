import { Deviations, percentile99, Spread } from './spread.js';
import { type Passage, resampledTolerance } from './tolerance.js';

type Resampled = Exclude<Passage, 'no resampling'>;

/** One column of a profile: how far librosa's values spread over the clips, and how far ours are off where a clip was resampled. */
interface Column {
  profile: string;
  feature: string;
  name: string;
  spread: Spread;
  deviations: Partial<Record<Resampled, Deviations>>;
}

const heads = ['profile', 'feature', 'clips', 'columns', 'entries', 'p99 in σ', 'max in σ', 'worst column', 'worst clip'];
const passages = ['resampled', 'resampled, silent stretch'] as const;

/** Deviations of resampled clips in shares of their column's spread. */
export class Spreads {
  private readonly columns = new Map<string, Column>();

  addReference(profile: string, feature: string, name: string, value: number): void {
    this.column(profile, feature, name).spread.add(value);
  }

  addDeviation(profile: string, feature: string, name: string, passage: Resampled, deviation: number, clip: string): void {
    const { deviations } = this.column(profile, feature, name);
    deviations[passage] ??= new Deviations();
    deviations[passage].add(deviation, clip);
  }

  /** A line for each feature, and one for each profile with all its columns. */
  table(): string {
    const lines = passages.flatMap((passage) => [
      ...this.groups(({ profile, feature }) => `${profile} | ${feature}`, passage),
      ...this.groups(({ profile }) => `${profile} | all`, passage),
    ]);
    const rows = lines.map(({ key, passage, columns, entries, p99, worst }) => {
      const numbers = [p99, worst.inSigma].map((value) => value.toExponential(1));
      return `| ${[key, passage, columns, entries, ...numbers, worst.name, worst.clip].join(' | ')} |`;
    });
    return [`| ${heads.join(' | ')} |`, `|${'---|'.repeat(heads.length)}`, ...rows].join('\n');
  }

  /** Of the resampled clips that sound throughout. */
  faults(): string[] {
    const { largest, percentile99: often } = resampledTolerance;
    const ofColumns = this.groups(({ profile, name }) => `${profile} ${name}`, 'resampled').filter(({ worst }) => worst.inSigma > largest);
    const ofProfiles = this.groups(({ profile }) => profile, 'resampled').filter(({ p99 }) => p99 > often);
    return [
      ...ofColumns.map(({ key, worst }) => `${key}: ${worst.inSigma.toExponential(1)} σ off in ${worst.clip} (resampled)`),
      ...ofProfiles.map(({ key, p99 }) => `${key}: ${p99.toExponential(1)} σ off in one of a hundred entries (resampled)`),
    ];
  }

  /** What columns of one key have in common. */
  private groups(keyOf: (column: Column) => string, passage: Resampled) {
    const groups = Map.groupBy(
      [...this.columns.values()].flatMap(({ deviations, ...column }) => {
        const found = deviations[passage];
        return found ? [{ ...column, deviations, inSigma: found.largest / column.spread.sigma || 0, found }] : [];
      }),
      keyOf,
    );
    return [...groups].map(([key, columns]) => {
      const worst = columns.reduce((a, b) => (b.inSigma > a.inSigma ? b : a));
      return {
        key,
        passage,
        columns: columns.length,
        entries: columns.reduce((sum, { found }) => sum + found.count, 0),
        p99: percentile99(columns.flatMap(({ spread, found }) => found.inSigmaOf(spread))),
        worst: { name: worst.name, clip: worst.found.worstClip, inSigma: worst.inSigma },
      };
    });
  }

  private column(profile: string, feature: string, name: string): Column {
    const key = `${profile} ${name}`;
    const column = this.columns.get(key) ?? { profile, feature, name, spread: new Spread(), deviations: {} };
    this.columns.set(key, column);
    return column;
  }
}
