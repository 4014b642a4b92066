import { CircleHelp } from 'lucide-react';
import { look } from './look.js';
import { percent } from './percent.js';

export interface ScoreBarsProps {
  scores: readonly { label: string; score: number }[];
  /** What the answer had to reach. */
  threshold?: number | undefined;
  /** The label that was answered: one of the scores, or what is said for an unknown. */
  answer?: string;
  isUnknown?: boolean;
}

/** The most probable labels, best first, each with its number; a mark stands where the answer had to come to. */
export function ScoreBars({ scores, threshold, answer, isUnknown = false }: ScoreBarsProps) {
  return (
    <div>
      {isUnknown && (
        <p className="mb-4 flex gap-2 rounded-field bg-warn-soft px-3 py-2 text-note">
          <CircleHelp size={18} className="mt-px shrink-0 text-warn" aria-hidden />
          <span>
            The answer is <strong>{answer ?? 'unknown'}</strong>:{' '}
            {scores[0]?.label === answer ? 'nothing that this model knows is likely.' : 'no label is sure enough to be answered.'}
          </span>
        </p>
      )}
      <ol className="space-y-3">
        {scores.map(({ label, score }, place) => (
          <li key={label}>
            <div className="mb-1 flex items-baseline justify-between gap-4">
              <span className={look('wrap-anywhere', place === 0 && !isUnknown && 'font-semibold')}>{label}</span>
              <span className="text-note text-muted tabular-nums">{percent(score)}</span>
            </div>
            <div className="relative h-2.5 rounded-full bg-sunken">
              <i
                className={look('block h-full rounded-full', place === 0 && !isUnknown ? 'bg-accent' : 'bg-edge')}
                style={{ width: `${100 * score}%` }}
              />
              {threshold !== undefined && (
                <i className="absolute -inset-y-1 w-0.5 rounded-full bg-ink" style={{ left: `${100 * threshold}%` }} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {threshold !== undefined && (
        <p className="mt-3 flex items-center gap-2 text-note text-muted">
          <i className="h-3.5 w-0.5 rounded-full bg-ink" /> an answer has to reach {percent(threshold)}
        </p>
      )}
    </div>
  );
}
