import { useMutation } from '@tanstack/react-query';
import { CircleStop, X } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { queries } from '../../api/queries.js';
import { span } from '../../jobs/spans.js';
import { useKey } from '../../keys/keys.js';
import type { RunDetail } from '../../learning/run.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { ProgressCount } from '../../ui/progress-count.js';
import { useNow } from '../../ui/use-now.js';
import { useSecondsLeft } from './pace.js';

/** What each stage does, in words. */
const stages: Record<string, string> = {
  plan: 'Deciding which clips train, and which are held out',
  features: 'Computing what the model hears of each clip',
  fit: 'Training',
  evaluate: 'Measuring it on the clips that no training has seen',
  register: 'Registering the version',
};

/** While a run goes on: where it stands, how long it took and takes, and the two ways to end it. */
export function UnderWay({ run }: { run: RunDetail }) {
  const { id, stage, taskProgress, startedAt } = run;
  const again = () => queries.invalidateQueries({ queryKey: ['run', id] });
  const stopping = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/runs/{id}/stop', { params: { path: { id } } })),
    onSuccess: again,
  });
  const cancelling = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    onSuccess: again,
  });
  const isFitting = stage === 'fit';
  useKey('s', 'Stop the training, and keep its best epoch', () => stopping.mutate(), isFitting && !stopping.isPending);
  const now = useNow();
  const left = useSecondsLeft(`${taskProgress?.task} ${taskProgress?.ordinal}`, taskProgress?.step ?? null, taskProgress?.of ?? 0);
  const error = stopping.error ?? cancelling.error;
  const { epoch, epochs } = taskProgress?.figures ?? {};
  return (
    <Section
      title={stage === null ? 'Waiting to begin' : (stages[stage] ?? stage)}
      note={startedAt === null ? 'No trainer has taken it yet.' : undefined}
      actions={
        <div className="flex flex-wrap gap-2">
          <Button look="plain" keyHint="s" disabled={!isFitting || stopping.isPending} onClick={() => stopping.mutate()}>
            <CircleStop size={18} aria-hidden /> Stop, keep the best
          </Button>
          <Button look="danger" disabled={cancelling.isPending} onClick={() => cancelling.mutate()}>
            <X size={18} aria-hidden /> Cancel
          </Button>
        </div>
      }
    >
      <div className="space-y-4">
        {error && <ErrorState error={error} />}
        <ProgressCount
          done={taskProgress?.step ?? 0}
          total={taskProgress?.of ?? null}
          noun={taskProgress === null ? 'Nothing has been counted yet' : isFitting ? 'steps' : 'steps of this stage'}
        />
        <p className="text-muted tabular-nums">
          {epoch !== undefined && `Epoch ${epoch}${epochs === undefined ? '' : ` of at most ${epochs}`}. `}
          {startedAt !== null && `${span(now - Date.parse(startedAt))} so far. `}
          {left !== null && `At this pace ${isFitting ? 'at most ' : ''}${span(1_000 * left)} more for this stage.`}
        </p>
        {stopping.isSuccess && (
          <p className="text-note text-good">It ends with its best epoch within some seconds, and is measured then.</p>
        )}
      </div>
    </Section>
  );
}
