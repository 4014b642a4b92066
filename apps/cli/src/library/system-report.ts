import type { Evaluation, LibraryAnomalies, RunResource } from '@earshot/contracts';

export interface SystemReport {
  samples: { total: number; considered: number; withoutVector: number };
  anomalies: { method: string; contamination: number; count: number; perGenre: LibraryAnomalies['byGenre'] };
  genres: Pick<RunResource['decidedBy'], 'classifier' | 'recipe' | 'profile' | 'seed'> & {
    version: number | null;
    runId: string;
    /** Measured on clips that no training has seen; null where none could be held out. */
    heldOut: Evaluation | null;
    /** The same by the other kind of split, where groups are known. */
    otherSplit: { split: string; test: Evaluation } | null;
  };
}

/** The report for people. */
export function textOf({ samples, anomalies, genres }: SystemReport): string {
  const left = samples.withoutVector > 0 ? `, ${samples.withoutVector} of them without a vector` : '';
  return [
    `${samples.total} samples${left}`,
    '',
    `Anomalies: ${anomalies.count} (${anomalies.method}, contamination ${anomalies.contamination})`,
    table([
      ['genre', 'samples', 'anomalies'],
      ...anomalies.perGenre.map(({ genre, ...of }) => [genre ?? '(none)', of.samples, of.anomalies]),
    ]),
    '',
    `Genres: ${genres.classifier} version ${genres.version ?? '?'}, ${genres.recipe} on ${nameOf(genres.profile)}, seed ${genres.seed}`,
    ...(genres.heldOut === null ? ['No clip could be held out'] : figures(genres.heldOut)),
    ...(genres.otherSplit === null
      ? []
      : [
          `By a ${genres.otherSplit.split} split: accuracy ${shown(genres.otherSplit.test.accuracy)} of ${genres.otherSplit.test.support} clips`,
        ]),
  ].join('\n');
}

function figures({ accuracy, accuracyInterval, support, baseline, balancedAccuracy, perLabel, confusion }: Evaluation): string[] {
  const interval = accuracyInterval.byGroup ?? accuracyInterval.byRow;
  const range = interval === null ? '' : ` (95 %: ${shown(interval.low)} to ${shown(interval.high)})`;
  return [
    `accuracy ${shown(accuracy)}${range} of ${support} clips held out; balanced ${shown(balancedAccuracy)}`,
    `without any model: ${shown(baseline.mostFrequent)} by the most frequent genre, ${shown(baseline.chance)} by chance`,
    table([
      ['genre', 'clips', 'accuracy', 'precision'],
      ...perLabel.map(({ label, support: clips, recall, precision }) => [label, clips, shown(recall), shown(precision)]),
    ]),
    '',
    'Confusion matrix (rows: what it is, columns: what it was held for)',
    table([['', ...perLabel.map(({ label }) => label)], ...confusion.map((row, i) => [perLabel[i]?.label ?? '', ...row])]),
  ];
}

function nameOf(profile: RunResource['decidedBy']['profile']): string {
  return typeof profile === 'string' ? profile : 'a profile of its own';
}

function shown(share: number | null): string {
  return share === null ? '–' : share.toFixed(3);
}

/** The first column to the left, numbers to the right. */
function table(rows: (string | number)[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? String(cell).padEnd(widths[column] ?? 0) : String(cell).padStart(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
