import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { queries } from '../../api/queries.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';
import type { Decision } from './decisions.js';
import { freeze } from './freeze.js';
import { useShow } from './route.js';

interface Props {
  dataset: string;
  decisions: readonly Decision[];
  onFrozen: () => void;
  children: ReactNode;
}

/** Where the answers go: into a dataset, and with it into a version of it, on which one can train. */
export function Freeze({ dataset, decisions, onFrozen, children }: Props) {
  const show = useShow();
  const [name, write] = useState(dataset);
  const freezing = useMutation({
    mutationFn: async () => ({ name: name.trim(), version: await freeze(name.trim(), decisions) }),
    onSuccess: async ({ name: dataset }) => {
      onFrozen();
      show({ dataset });
      await queries.invalidateQueries({ queryKey: ['review', 'labelled'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    freezing.mutate();
  };
  return (
    <Section title="Your answers">
      <form className="space-y-4" onSubmit={submit}>
        {children}
        <Field label="Dataset they go to" note="It is made where there is none of that name.">
          {(field) => <Input {...field} value={name} required onChange={({ target }) => write(target.value)} />}
        </Field>
        <Button type="submit" className="w-full" disabled={decisions.length === 0 || freezing.isPending}>
          {freezing.isPending ? 'Making the version' : `Make a version of ${counted(decisions.length, 'answer')}`}
        </Button>
        {freezing.error && <ErrorState error={freezing.error} />}
        {freezing.data && (
          <p role="status" className="rounded-field bg-good-soft p-3 text-note">
            Version {freezing.data.version.number} of{' '}
            <a href={`/datasets/${encodeURIComponent(freezing.data.name)}`} className="font-medium underline underline-offset-2">
              {freezing.data.name}
            </a>{' '}
            has {counted(freezing.data.version.clips, 'clip')}.
          </p>
        )}
      </form>
    </Section>
  );
}
