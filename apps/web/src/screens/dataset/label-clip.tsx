import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, Undo2, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { useKey } from '../../keys/keys.js';
import { ClipAudio } from '../../sound/clip-audio.js';
import { Button } from '../../ui/button.js';
import { Card } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Input } from '../../ui/field.js';
import { readAgain } from './read-again.js';

type Schemas = components['schemas'];

interface Props {
  dataset: string;
  clip: Schemas['DatasetClip'];
  labels: readonly string[];
  onSay: (change: { label: string | null; group?: string | null }) => void;
  onGo: (step: number) => void;
  onUndo: (() => void) | undefined;
}

/** One has a key each. */
const mostKeys = 9;

/** The clip that is looked at: heard, labelled, put into a group, or taken out. */
export function LabelClip({ dataset, clip, labels, onSay, onGo, onUndo }: Props) {
  const player = useRef<HTMLDivElement>(null);
  const removing = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/datasets/{name}/clips', { params: { path: { name: dataset } }, body: { clipIds: [clip.clipId] } })),
    onSuccess: () => readAgain(dataset),
  });
  const toggle = () => {
    const audio = player.current?.querySelector('audio');
    if (audio?.paused) void audio.play();
    else audio?.pause();
  };
  useKey(' ', 'Play or pause', toggle);
  return (
    <Card className="space-y-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <Link
          to="/clips/$id"
          params={{ id: clip.clipId }}
          className="min-w-0 flex-1 basis-48 text-lead font-semibold wrap-anywhere hover:underline"
        >
          {clip.filename}
        </Link>
        <div ref={player} className="w-full sm:w-auto">
          <ClipAudio clipId={clip.clipId} name={clip.filename} />
        </div>
        <div className="flex gap-2">
          <Button look="plain" size="icon" aria-label="Clip before" aria-keyshortcuts="K" onClick={() => onGo(-1)}>
            <ChevronUp size={20} aria-hidden />
          </Button>
          <Button look="plain" size="icon" aria-label="Next clip" aria-keyshortcuts="J" onClick={() => onGo(1)}>
            <ChevronDown size={20} aria-hidden />
          </Button>
        </div>
      </div>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="mb-2 text-note font-medium">What it is</legend>
        {labels.slice(0, mostKeys).map((label, place) => (
          <LabelButton key={label} label={label} keyHint={String(place + 1)} isSaid={label === clip.label} onSay={() => onSay({ label })} />
        ))}
        {onUndo && (
          <Button look="quiet" size="small" keyHint="z" onClick={onUndo}>
            <Undo2 size={16} aria-hidden /> Undo
          </Button>
        )}
      </fieldset>
      <div className="flex flex-wrap items-end gap-3">
        <Said key={`${clip.label} ${clip.group}`} clip={clip} labels={labels} onSay={onSay} />
        <Button look="danger" disabled={removing.isPending} onClick={() => removing.mutate()}>
          <X size={18} aria-hidden /> Take out
        </Button>
      </div>
      {removing.error && <ErrorState error={removing.error} />}
    </Card>
  );
}

/** Label and group in words: a new one is made by writing it. */
function Said({ clip, labels, onSay }: Pick<Props, 'clip' | 'labels' | 'onSay'>) {
  const [entry, setEntry] = useState(clip.label ?? '');
  const [group, setGroup] = useState(clip.group ?? '');
  return (
    <form
      className="flex flex-1 basis-64 flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSay({ label: entry === '' ? null : entry, group: group === '' ? null : group });
      }}
    >
      <Field label="Label" className="min-w-36 flex-1">
        {(field) => <Input {...field} list="labels" maxLength={200} value={entry} onChange={({ target }) => setEntry(target.value)} />}
      </Field>
      <datalist id="labels">
        {labels.map((label) => (
          <option key={label} value={label} />
        ))}
      </datalist>
      <Field label="Group" className="min-w-36 flex-1">
        {(field) => <Input {...field} maxLength={200} value={group} onChange={({ target }) => setGroup(target.value)} />}
      </Field>
      <Button type="submit" look="plain" disabled={entry === (clip.label ?? '') && group === (clip.group ?? '')}>
        Save
      </Button>
    </form>
  );
}

function LabelButton({ label, keyHint, isSaid, onSay }: { label: string; keyHint: string; isSaid: boolean; onSay: () => void }) {
  useKey(keyHint, `Label: ${label}`, onSay);
  return (
    <Button look={isSaid ? 'main' : 'plain'} size="small" keyHint={keyHint} aria-pressed={isSaid} onClick={onSay}>
      {label}
    </Button>
  );
}
