import { useMutation } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../api/queries.js';
import type { Job } from '../../api/work.js';
import { retryOnce } from '../../jobs/steering.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { type Reason, reasonsOf } from './reasons-of.js';
import { route } from './route.js';

/** Why jobs of this list failed, the most frequent reason first; all of one reason are tried again together. */
export function Reasons({ jobs }: { jobs: readonly Job[] }) {
  // Their retries stand in the list only where no filter leaves them out.
  const [retried, setRetried] = useState<ReadonlySet<string>>(new Set());
  const reasons = reasonsOf(jobs, retried);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const retry = useMutation({
    mutationFn: async ({ jobIds }: Reason) => {
      for (const id of jobIds) {
        await retryOnce(id);
        setRetried((before) => new Set([...before, id]));
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  if (reasons.length === 0) return null;
  return (
    <Section title="Why jobs failed" note="Of the jobs that are shown; those that were tried again are left out.">
      <ul className="divide-y divide-line">
        {reasons.map((reason) => (
          <li key={reason.code} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <div className="min-w-0">
              <p className="font-medium">{reason.title}</p>
              <p className="text-note text-muted">
                <a href={`/docs/errors#${reason.code}`} className="font-mono underline underline-offset-4">
                  {reason.code}
                </a>
                {' · '}
                {counted(reason.jobIds.length, 'job')}
              </p>
            </div>
            <div className="flex flex-wrap gap-2">
              {search.code !== reason.code && (
                <Button
                  look="quiet"
                  size="small"
                  onClick={() => void navigate({ search: { ...search, code: reason.code }, replace: true })}
                >
                  Show them
                </Button>
              )}
              <Button look="plain" size="small" disabled={retry.isPending} onClick={() => retry.mutate(reason)}>
                <RotateCcw size={16} aria-hidden /> Retry {reason.jobIds.length === 1 ? 'it' : `all ${reason.jobIds.length}`}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {retry.error && (
        <div className="mt-4">
          <ErrorState error={retry.error} />
        </div>
      )}
    </Section>
  );
}
