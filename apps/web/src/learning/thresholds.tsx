import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { components } from '../generated/openapi.js';
import { Button } from '../ui/button.js';
import { ErrorState } from '../ui/error-state.js';
import { percent } from '../ui/percent.js';
import { ShareSlider } from '../ui/slider.js';
import { type Decision, outcomeOf, thresholdOf } from './decided-clips.js';
import type { HeldOutClip } from './held-out.js';

interface Props {
  model: components['schemas']['ModelVersion'];
  /** What the decision is tried on; none where it is not known which clips were held out. */
  clips: readonly HeldOutClip[];
}

/** How sure the model has to be of a label before it may answer with it; tried on the held-out clips before it is kept. */
export function Thresholds({ model, clips }: Props) {
  const { classifier, version, labels, decision, decisionRevision } = model;
  const [tried, setTried] = useState<Decision>(decision);
  const now = outcomeOf(clips, decision);
  const then = outcomeOf(clips, tried);
  const isChanged = labels.concat('').some((label) => thresholdOf(tried, label) !== thresholdOf(decision, label));
  const hasOthers = labels.some((label) => !Object.hasOwn(tried.thresholds, label));
  const keeping = useMutation({
    mutationFn: () =>
      answer(
        api.PATCH('/api/v1/classifiers/{name}/versions/{version}/decision', {
          params: { path: { name: classifier, version }, header: { 'If-Match': `"${decisionRevision}"` } },
          body: { thresholds: tried.thresholds, unknownBelow: tried.unknownBelow },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['version', classifier, version] }),
  });
  const setOf = (label: string, threshold: number) => setTried({ ...tried, thresholds: { ...tried.thresholds, [label]: threshold } });
  return (
    <div className="space-y-5">
      {clips.length > 0 && (
        <div className="grid gap-3 rounded-field bg-sunken p-4 sm:grid-cols-2" aria-live="polite">
          <Tried title="As it decides now" outcome={now.all} />
          <Tried title="As it is set here" outcome={then.all} />
        </div>
      )}
      <div className="grid gap-x-8 gap-y-3 md:grid-cols-2">
        {labels.map((label) => {
          const outcome = then.byLabel.get(label);
          return (
            <div key={label}>
              <ShareSlider label={label} value={thresholdOf(tried, label)} onChange={(threshold) => setOf(label, threshold)} />
              {outcome && (
                <p className="text-note text-muted tabular-nums">
                  answers from {percent(thresholdOf(tried, label), 0)} sure · {outcome.right} of {outcome.clips} right
                </p>
              )}
            </div>
          );
        })}
        {hasOthers && (
          <ShareSlider
            label="All other labels"
            value={tried.unknownBelow}
            onChange={(unknownBelow) => setTried({ ...tried, unknownBelow })}
          />
        )}
      </div>
      {keeping.error && <ErrorState error={keeping.error} />}
      <div className="flex flex-wrap items-center gap-3">
        <Button disabled={!isChanged || keeping.isPending} onClick={() => keeping.mutate()}>
          Decide like this from now on
        </Button>
        <Button look="quiet" disabled={!isChanged} onClick={() => setTried(decision)}>
          As it was
        </Button>
        {keeping.isSuccess && !isChanged && (
          <span className="text-note text-good">Kept: it holds for all that is computed from now on.</span>
        )}
      </div>
    </div>
  );
}

function Tried({
  title,
  outcome: { clips, answered, right },
}: {
  title: string;
  outcome: { clips: number; answered: number; right: number };
}) {
  const share = answered === 0 ? '' : ` (${percent(right / answered)} of them)`;
  return (
    <div>
      <p className="text-note font-medium">{title}</p>
      <p className="tabular-nums">
        {answered} of {clips} answered, {right} rightly{share}; {clips - answered} unknown
      </p>
    </div>
  );
}
