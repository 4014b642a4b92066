import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useKey } from '../../keys/keys.js';
import { SoundView } from '../../sound/sound-view.js';
import { useVersion } from '../../sound/why.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { Field, Input } from '../../ui/field.js';
import { look } from '../../ui/look.js';
import { percent } from '../../ui/percent.js';
import type { Decision } from './decisions.js';
import type { Result } from './results.js';

interface Props {
  result: Result;
  /** What was said of it before. */
  said: string | undefined;
  onDecide: (decision: Decision) => void;
  onNext: () => void;
}

const withKeys = 9;

/** One sound, what a classifier says of it, and the labels to say it is: the probable ones first, each with its key. */
export function Judgement({ result: { clipId, filename, prediction, margin }, said, onDecide, onNext }: Props) {
  const { model, label, confidence, isUnknown, scores } = prediction;
  const version = useVersion(model.classifier, model.version);
  const choose = (chosen: string) => onDecide({ classifier: model.classifier, clipId, label: chosen });
  const probable = scores.toSorted((a, b) => b.score - a.score).map((one) => one.label);
  const labels = [...new Set([...probable, ...(version.data?.labels ?? [])])];
  useKey('Enter', 'Confirm the answer', () => choose(label), !isUnknown);
  return (
    <>
      <Section
        title={filename}
        note={`${model.classifier}, version ${model.version} · margin ${margin.toFixed(2)} between its first and second label`}
        actions={
          <Link
            to="/clips/$id"
            params={{ id: clipId }}
            className="inline-flex min-h-11 items-center text-note underline underline-offset-2"
          >
            Open the clip
          </Link>
        }
      >
        <SoundView clipId={clipId} name={filename} heightPx={180} />
      </Section>
      <Section title="What is it?">
        <div className="mb-4 flex flex-wrap items-center gap-3" aria-live="polite">
          <p>
            The answer was <strong>{label}</strong>, {percent(confidence, 0)} sure.
          </p>
          {isUnknown && <Badge tone="warn">nothing was sure enough</Badge>}
          {said !== undefined && (
            <Badge tone="good" icon={Check}>
              you said {said}
            </Badge>
          )}
        </div>
        <div className="flex flex-wrap gap-3">
          {!isUnknown && (
            <Button keyHint="Enter" onClick={() => choose(label)}>
              <Check size={18} aria-hidden /> It is {label}
            </Button>
          )}
          <Button look="plain" keyHint="j" onClick={onNext}>
            Not sure: the next
          </Button>
        </div>
        <fieldset aria-label="Labels" className="mt-5 grid grid-cols-2 gap-2 sm:grid-cols-3">
          {labels.slice(0, withKeys).map((one, i) => (
            <LabelButton
              key={one}
              keyHint={String(i + 1)}
              label={one}
              score={scores.find((score) => score.label === one)?.score}
              isSaid={one === said}
              onChoose={() => choose(one)}
            />
          ))}
        </fieldset>
        {labels.length > withKeys && (
          <fieldset aria-label="Further labels" className="mt-3 flex flex-wrap gap-2">
            {labels.slice(withKeys).map((one) => (
              <Button key={one} look="plain" size="small" aria-pressed={one === said} onClick={() => choose(one)}>
                {one}
              </Button>
            ))}
          </fieldset>
        )}
        <OtherLabel onChoose={choose} />
      </Section>
    </>
  );
}

interface LabelProps {
  keyHint: string;
  label: string;
  score: number | undefined;
  isSaid: boolean;
  onChoose: () => void;
}

function LabelButton({ keyHint, label, score, isSaid, onChoose }: LabelProps) {
  useKey(keyHint, `It is ${label}`, onChoose);
  return (
    <Button
      look="plain"
      keyHint={keyHint}
      aria-pressed={isSaid}
      className={look('justify-between', isSaid && 'border-accent bg-accent-soft')}
      onClick={onChoose}
    >
      <span className="min-w-0 truncate">{label}</span>
      {score !== undefined && (
        <span className="ml-auto whitespace-nowrap text-note font-normal text-muted tabular-nums">{percent(score, 0)}</span>
      )}
    </Button>
  );
}

function OtherLabel({ onChoose }: { onChoose: (label: string) => void }) {
  const [label, write] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (label.trim() !== '') onChoose(label.trim());
  };
  return (
    <form className="mt-5 flex items-end gap-3" onSubmit={submit}>
      <Field label="Another label" className="max-w-60 flex-1">
        {(field) => <Input {...field} maxLength={200} value={label} onChange={({ target }) => write(target.value)} />}
      </Field>
      <Button look="plain" type="submit" disabled={label.trim() === ''}>
        Use this label
      </Button>
    </form>
  );
}
