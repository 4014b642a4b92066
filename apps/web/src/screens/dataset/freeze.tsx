import { useMutation } from '@tanstack/react-query';
import { Snowflake } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { readAgain } from './read-again.js';

/** Makes a version of the labelled clips as they are now; equal content is one version. */
export function Freeze({ dataset }: { dataset: string }) {
  const freezing = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/datasets/{name}/versions', { params: { path: { name: dataset } } })),
    onSuccess: () => readAgain(dataset),
  });
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center gap-3">
        <Button look="plain" disabled={freezing.isPending} onClick={() => freezing.mutate()}>
          <Snowflake size={18} aria-hidden /> Freeze a version
        </Button>
        {freezing.data && (
          <span role="status" className="text-note text-good">
            Version {freezing.data.number} is the dataset as it is now.
          </span>
        )}
      </div>
      {freezing.error && <ErrorState error={freezing.error} />}
    </div>
  );
}
