import { counted } from '../ui/counted.js';
import { percent } from '../ui/percent.js';
import { type Evaluation, intervalOf } from './evaluation.js';

/** How well a model did, and beside it what tells whether that is much: the baseline, how many clips, and how sure the figure is. */
export function Figures({ evaluation }: { evaluation: Evaluation }) {
  const { support, groups, accuracy, baseline, balancedAccuracy, macro, logLoss, calibration } = evaluation;
  const interval = intervalOf(evaluation);
  const others: [string, string][] = [
    ['Balanced accuracy', percent(balancedAccuracy)],
    ['Macro F1', percent(macro.f1)],
    ['ROC AUC', macro.rocAuc === null ? 'not known' : macro.rocAuc.toFixed(3)],
    ['Log loss', logLoss === null ? 'not known' : logLoss.toFixed(3)],
    ['Calibration error', percent(calibration.ece)],
  ];
  return (
    <div className="space-y-5">
      <div>
        <p className="text-display font-bold tabular-nums">{percent(accuracy)}</p>
        <p className="text-muted">
          right of {counted(support, 'clip')}
          {groups !== null && `, ${counted(groups, 'group')}`}
          {interval !== null && `; 95 % interval ${percent(interval.low)} to ${percent(interval.high)} by ${interval.by}`}
        </p>
        <Scale accuracy={accuracy} interval={interval} baseline={baseline.mostFrequent} />
        <p className="mt-2 text-note text-muted">
          Without any model: {percent(baseline.mostFrequent)} by the most frequent label, {percent(baseline.chance)} by chance.
        </p>
      </div>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-5">
        {others.map(([name, value]) => (
          <div key={name}>
            <dt className="text-note text-muted">{name}</dt>
            <dd className="font-semibold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** From 0 to 100 %: the interval as a band, the accuracy as a mark, the baseline as a line. All of it is said in words beside it. */
function Scale({
  accuracy,
  interval,
  baseline,
}: {
  accuracy: number | null;
  interval: { low: number; high: number } | null;
  baseline: number | null;
}) {
  const at = (share: number) => `${100 * share}%`;
  return (
    <div aria-hidden className="relative mt-3 h-3 rounded-full bg-sunken">
      {interval && (
        <i
          className="absolute inset-y-0 rounded-full bg-accent/40"
          style={{ left: at(interval.low), width: at(interval.high - interval.low) }}
        />
      )}
      {baseline !== null && <i className="absolute -inset-y-1 w-0.5 bg-edge" style={{ left: at(baseline) }} />}
      {accuracy !== null && (
        <i
          className="absolute top-1/2 size-3.5 -translate-1/2 rounded-full border-2 border-surface bg-accent"
          style={{ left: at(accuracy) }}
        />
      )}
    </div>
  );
}
