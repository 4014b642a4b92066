import { useMutation } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Moment } from '../../ui/moment.js';
import { readAgain } from './read-again.js';

type Schemas = components['schemas'];

/** Which version each alias points at, and the way back. */
export function Aliases({ classifier: { name, aliases } }: { classifier: Schemas['Classifier'] }) {
  const rolling = useMutation({
    mutationFn: ({ alias, moves }: Schemas['ClassifierAlias']) =>
      answer(
        api.POST('/api/v1/classifiers/{name}/aliases/{alias}/rollback', {
          params: { path: { name, alias }, header: { 'If-Match': `"${moves}"` } },
        }),
      ),
    onSettled: () => readAgain(name), // also what somebody else has moved meanwhile
  });
  return (
    <Section title="Aliases" note="Who asks without a version is answered by production.">
      {aliases.length === 0 && <p className="text-muted">No alias points at a version yet: promote one below.</p>}
      <ul className="divide-y divide-line">
        {aliases.map((alias) => (
          <li key={alias.alias} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2">
            <div>
              <p className="font-medium">
                {alias.alias}: version {alias.version}
              </p>
              <p className="text-note text-muted">
                pointed there <Moment at={alias.movedAt} />
              </p>
            </div>
            <Button
              look="plain"
              size="small"
              disabled={alias.moves < 2 || rolling.isPending}
              aria-label={`Roll back ${alias.alias}`}
              onClick={() => rolling.mutate(alias)}
            >
              <Undo2 size={16} aria-hidden /> Roll back
            </Button>
          </li>
        ))}
      </ul>
      {rolling.error && <ErrorState error={rolling.error} />}
      {rolling.data && (
        <p role="status" className="mt-3 text-note text-good">
          {rolling.data.alias} points at version {rolling.data.version} again.
        </p>
      )}
    </Section>
  );
}
