import { useMutation } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { queries } from '../../api/queries.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { counted } from '../../ui/counted.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';
import type { Made } from './decisions.js';
import { freeze } from './freeze.js';
import { useShow } from './route.js';

interface Props {
  dataset: string;
  decisions: readonly Made[];
  /** Called with those that the version has: others may be made meanwhile. */
  onFrozen: (decisions: readonly Made[]) => void;
  children: ReactNode;
}

/** Where the answers go: into a dataset, and with it into a version of it, on which one can train. */
export function Freeze({ dataset, decisions, onFrozen, children }: Props) {
  const show = useShow();
  const [name, write] = useState(dataset);
  const freezing = useMutation({
    mutationFn: (sent: { name: string; decisions: readonly Made[] }) => freeze(sent.name, sent.decisions),
    onSuccess: (_version, sent) => {
      onFrozen(sent.decisions);
      void queries.invalidateQueries({ queryKey: ['review', 'labelled'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const sent = { name: name.trim(), decisions };
    // Only here: whoever looks at another classifier meanwhile, or is elsewhere, is not called back.
    freezing.mutate(sent, { onSuccess: () => show({ dataset: sent.name }) });
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
        {freezing.isSuccess && (
          <p role="status" className="rounded-field bg-good-soft p-3 text-note">
            Version {freezing.data.number} of{' '}
            <a href={`/datasets/${encodeURIComponent(freezing.variables.name)}`} className="font-medium underline underline-offset-2">
              {freezing.variables.name}
            </a>{' '}
            has {counted(freezing.data.clips, 'clip')}.
          </p>
        )}
      </form>
    </Section>
  );
}
