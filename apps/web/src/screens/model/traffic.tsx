import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';
import { readAgain } from './read-again.js';

/** How the jobs that name neither alias nor version are shared out among aliases. */
export function Traffic({ classifier: { name, aliases, traffic, revision } }: { classifier: components['schemas']['Classifier'] }) {
  const isSplit = Object.keys(traffic).length > 0;
  const [shares, setShares] = useState<Record<string, string>>(
    Object.fromEntries(aliases.map(({ alias }) => [alias, String(traffic[alias] ?? (isSplit || alias !== 'production' ? 0 : 100))])),
  );
  const parts = Object.entries(shares).flatMap(([alias, share]) => (Number(share) > 0 ? [[alias, Number(share)] as const] : []));
  const sum = parts.reduce((total, [, share]) => total + share, 0);
  const setting = useMutation({
    mutationFn: (wanted: Record<string, number>) =>
      answer(
        api.PATCH('/api/v1/classifiers/{name}', {
          params: { path: { name }, header: { 'If-Match': `"${revision}"` } },
          body: { traffic: wanted },
        }),
      ),
    onSuccess: () => readAgain(name),
  });
  return (
    <Section
      title="Traffic"
      note={isSplit ? 'Jobs that name no version are shared out among aliases.' : 'All jobs that name no version go to production.'}
    >
      {aliases.length < 2 ? (
        <p className="text-muted">It is shared out among two aliases and more: promote a version to another one, such as challenger.</p>
      ) : (
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            setting.mutate(Object.fromEntries(parts));
          }}
        >
          <div className="grid gap-4 sm:grid-cols-2">
            {aliases.map(({ alias, version }) => (
              <Field key={alias} label={`${alias}, version ${version}`}>
                {(field) => (
                  <span className="flex items-center gap-2">
                    <Input
                      {...field}
                      inputMode="decimal"
                      value={shares[alias] ?? '0'}
                      onChange={({ target }) => setShares({ ...shares, [alias]: target.value })}
                    />
                    %
                  </span>
                )}
              </Field>
            ))}
          </div>
          {setting.error && <ErrorState error={setting.error} onRetry={() => void readAgain(name)} />}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" look="plain" disabled={sum !== 100 || setting.isPending}>
              Share out like this
            </Button>
            {isSplit && (
              <Button look="quiet" disabled={setting.isPending} onClick={() => setting.mutate({})}>
                All to production
              </Button>
            )}
            {sum !== 100 && <span className="text-note text-warn">It has to come to 100 %; it comes to {sum} %.</span>}
          </div>
        </form>
      )}
    </Section>
  );
}
