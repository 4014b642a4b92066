import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../ui/button.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Scroller } from '../../ui/scroller.js';

/** Whose work is in Earshot, and on which terms. */
export function Licences() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="space-y-4">
      <p>Earshot stands under the MIT licence. It is built on the work of others, each under its own.</p>
      <Button look="plain" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Hide the notices' : 'Read the notices'}
      </Button>
      {isOpen && <Notices />}
    </div>
  );
}

function Notices() {
  const read = useQuery({
    queryKey: ['notices'],
    queryFn: async () => (await import('../../../../../THIRD-PARTY-NOTICES?raw')).default,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (read.data === undefined) return read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading />;
  return (
    <Scroller label="Notices of third parties" className="max-h-[28rem]">
      <pre className="p-4 font-mono text-note whitespace-pre-wrap">{read.data}</pre>
    </Scroller>
  );
}
