import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { GraduationCap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import type { components } from '../../generated/openapi.js';
import type { Run } from '../../learning/run.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input, Select } from '../../ui/field.js';
import { DataChoice } from './data-choice.js';
import { route, type Shown, useShow } from './route.js';
import { SettingInput } from './setting-input.js';
import { entriesOf, faultOf, fieldsOf, settingsOf } from './settings.js';
import { StartFrom } from './start-from.js';

type Schemas = components['schemas'];

interface Props {
  datasets: readonly Schemas['Dataset'][];
  recipes: readonly Schemas['Recipe'][];
  classifiers: readonly Schemas['Classifier'][];
  /** What decided a run that is to be trained again. */
  like: Run['decidedBy'] | null;
}

/** Shown at once; the others are a click away. */
const usual = ['epochs', 'batchSize', 'learningRate', 'trees'];

const splitNames = ['grouped', 'random', 'folds'] as const;
const splits = { '': 'By group where groups are known', grouped: 'By group', random: 'At random', folds: 'By the folds of the dataset' };

/** Data, what is heard, the model, settings: from the top to the start. */
export function TrainForm({ datasets, recipes, classifiers, like }: Props) {
  const asked: Shown = route.useSearch();
  const navigate = useNavigate();
  const show = useShow();
  const dataset = asked.dataset ?? like?.dataset ?? datasets[0]?.name ?? '';
  const recipe = recipes.find(({ name }) => name === (asked.recipe ?? like?.recipe)) ?? recipes[0];
  const [classifier, setClassifier] = useState(asked.classifier ?? like?.classifier ?? dataset);
  const likeProfile = typeof like?.profile === 'string' ? like.profile : undefined;
  const [chosenProfile, setProfile] = useState(likeProfile);
  const [entries, setEntries] = useState<Record<string, string>>(like ? entriesOf(like.settings) : {});
  const [split, setSplit] = useState(like?.split ?? undefined);
  const [others, setOthers] = useState({ seed: String(like?.seed ?? 42), testShare: String(like?.testShare ?? 0.2) });
  const [promotes, setPromotes] = useState(false);
  const profile = recipe?.profiles.find((name) => name === chosenProfile) ?? recipe?.profile;
  const fields = recipe === undefined ? [] : fieldsOf(recipe.settings);
  const isFaulty = fields.some((field) => faultOf(field, entries[field.name] ?? field.initial) !== undefined);

  const starting = useMutation({
    mutationFn: async () => {
      const body = {
        dataset,
        datasetVersion: asked.datasetVersion,
        classifier,
        recipe: recipe?.name,
        profile,
        settings: settingsOf(fields, entries),
        split,
        seed: Number(others.seed),
        testShare: Number(others.testShare),
        from: asked.from,
        promote: promotes ? 'production' : undefined,
      };
      const job = await answer(api.POST('/api/v1/runs', { params: { header: { Prefer: 'respond-async' } }, body }));
      return 'id' in job ? job.id : job.jobId;
    },
    onSuccess: (id) => navigate({ to: '/runs/$id', params: { id } }),
  });
  const faults = starting.error instanceof Failure ? starting.error.faults : [];
  const refused = (pointer: string) => faults.find((fault) => fault.pointer === pointer)?.detail;
  const start = (event: FormEvent) => {
    event.preventDefault();
    starting.mutate();
  };
  const settingsShown = (isUsual: boolean) =>
    fields
      .filter(({ name }) => usual.includes(name) === isUsual)
      .map((field) => (
        <SettingInput
          key={field.name}
          field={field}
          entry={entries[field.name] ?? field.initial}
          onChange={(entry) => setEntries({ ...entries, [field.name]: entry })}
          refused={refused(`#/settings/${field.name}`)}
        />
      ));
  if (recipe === undefined) return null;
  return (
    <form onSubmit={start} className="space-y-6">
      <Section title="1 · Data" note="What it learns from, and what it is measured on.">
        <DataChoice datasets={datasets} dataset={dataset} version={asked.datasetVersion} />
        <div className="mt-4 grid gap-4 sm:grid-cols-3">
          <Field label="Held out by" note="A recording or a speaker stands on one side only, by group." error={refused('#/split')}>
            {(field) => (
              <Select {...field} value={split ?? ''} onChange={({ target }) => setSplit(splitNames.find((name) => name === target.value))}>
                {Object.entries(splits).map(([value, text]) => (
                  <option key={value} value={value}>
                    {text}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Share that is held out" note="0.02 to 0.8; nothing is learned of it" error={refused('#/testShare')}>
            {(field) => (
              <Input
                {...field}
                inputMode="decimal"
                value={others.testShare}
                onChange={({ target }) => setOthers({ ...others, testShare: target.value })}
              />
            )}
          </Field>
          <Field label="Seed" note="The same one gives the same model" error={refused('#/seed')}>
            {(field) => (
              <Input
                {...field}
                inputMode="numeric"
                value={others.seed}
                onChange={({ target }) => setOthers({ ...others, seed: target.value })}
              />
            )}
          </Field>
        </div>
      </Section>
      <Section title="2 · What it hears, and how it learns" note={recipe.summary}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Recipe" note={`Makes a model of the family ${recipe.family}.`} error={refused('#/recipe')}>
            {(field) => (
              <Select {...field} value={recipe.name} onChange={({ target }) => show({ recipe: target.value, from: undefined })}>
                {recipes.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Profile" note="The numbers that are computed of each clip." error={refused('#/profile')}>
            {(field) => (
              <Select {...field} value={profile} onChange={({ target }) => setProfile(target.value)}>
                {recipe.profiles.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Field>
        </div>
      </Section>
      <Section title="3 · Model" note="It becomes the next version of a classifier; nothing that answers today changes by that.">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label="Classifier"
            note="One that is there, or a new name: small letters, digits, . _ and -"
            error={refused('#/classifier')}
          >
            {(field) => (
              <Input
                {...field}
                required
                list="classifiers"
                placeholder={dataset}
                pattern="[a-z0-9][a-z0-9._\-]{0,63}"
                value={classifier}
                onChange={({ target }) => setClassifier(target.value)}
              />
            )}
          </Field>
          <datalist id="classifiers">
            {classifiers.map(({ name }) => (
              <option key={name} value={name} />
            ))}
          </datalist>
          {recipe.startsFromModels && classifiers.some(({ name }) => name === classifier) && (
            <StartFrom classifier={classifier} recipe={recipe.name} error={refused('#/from')} />
          )}
        </div>
        <label className="mt-4 flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 accent-(--accent)"
            checked={promotes}
            onChange={({ target }) => setPromotes(target.checked)}
          />
          Let it answer at once: point production at it
        </label>
      </Section>
      <Section title="4 · Settings">
        <div className="grid gap-4 sm:grid-cols-3">{settingsShown(true)}</div>
        <details className="mt-4">
          <summary className="min-h-11 content-center font-medium">All settings of {recipe.name}</summary>
          <div className="mt-3 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">{settingsShown(false)}</div>
        </details>
      </Section>
      {starting.error && <ErrorState error={starting.error} />}
      <Button type="submit" disabled={starting.isPending || isFaulty || classifier === ''}>
        <GraduationCap size={18} aria-hidden /> Start training
      </Button>
    </form>
  );
}
