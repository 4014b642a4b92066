import { useMutation } from '@tanstack/react-query';
import { Ban, RotateCcw } from 'lucide-react';
import { answer, api } from '../api/client.js';
import { queries } from '../api/queries.js';
import type { Job } from '../api/work.js';
import { Button } from '../ui/button.js';

const readAgain = () => queries.invalidateQueries({ queryKey: ['jobs'] });

/** What is done of the job stays. */
export function useCancel() {
  return useMutation({
    mutationFn: (id: string) => answer(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    onSettled: readAgain,
  });
}

/** Whoever asks twice for the same, here or in another tab, is answered with the same job. */
export function retryOnce(id: string) {
  const params = { path: { id }, header: { 'Idempotency-Key': `retry-${id}` } };
  return answer(api.POST('/api/v1/jobs/{id}/retry', { params }));
}

/** A new job of what failed. */
export function useRetry(onRetried?: (job: Job) => void) {
  return useMutation({
    mutationFn: async (id: string) => {
      const answered = await retryOnce(id);
      if (!('links' in answered)) throw new Error('A retry that nobody waits for is answered with its job');
      return answered;
    },
    onSuccess: onRetried,
    onSettled: readAgain,
  });
}

export const canRetry = ({ finishedAt, state, counts }: Job) => finishedAt !== null && (state === 'failed' || counts.failed > 0);

/** How many of its items failed, where it has more than the one. */
export const failedOfSeveral = ({ counts }: Job) => (counts.total > 1 ? counts.failed : 0);

export function CancelButton({ isBusy, onClick, keyHint }: { isBusy: boolean; onClick: () => void; keyHint?: string }) {
  return (
    <Button look="plain" size="small" disabled={isBusy} onClick={onClick} keyHint={keyHint}>
      <Ban size={16} aria-hidden /> Cancel
    </Button>
  );
}

export function RetryButton({
  isBusy,
  onClick,
  keyHint,
  count,
}: {
  isBusy: boolean;
  onClick: () => void;
  keyHint?: string;
  count: number;
}) {
  return (
    <Button look="plain" size="small" disabled={isBusy} onClick={onClick} keyHint={keyHint}>
      <RotateCcw size={16} aria-hidden /> {count > 0 ? `Retry ${count} failed` : 'Retry'}
    </Button>
  );
}
