import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { ClipLink } from '../../sound/clip-link.js';
import { PlayButton } from '../../sound/play-button.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { readAgain } from './read-again.js';

type Fault = components['schemas']['DatasetCheckResult']['result']['faults'][number];
type Place = Fault['places'][number];

const words: Record<Fault['kind'], { title: string; advice: string }> = {
  unreadable: { title: 'Cannot be read', advice: 'They are left out of every training. Take them out, or upload them anew.' },
  silent: { title: 'Silent', advice: 'Nothing can be learned of silence, unless silence is what the label means.' },
  clipped: { title: 'Clipped', advice: 'They were recorded too loud. Keep them only if the model will meet such recordings.' },
  'dc-offset': { title: 'Not centred', advice: 'The recording device adds a constant; check whether all clips of a label come from it.' },
  duplicate: { title: 'The same sound twice', advice: 'Keep one of each: copies in training and test make the figures lie.' },
  'near-duplicate': { title: 'Nearly the same sound', advice: 'Give them the same group, or keep one of each.' },
  'copy-across-folds': { title: 'Copies in two folds', advice: 'Keep one of each, or put them in one fold.' },
  'label-conflict': { title: 'Copies with different labels', advice: 'One of the labels is wrong: listen, and say which.' },
  'label-missing': { title: 'A label without clips', advice: 'Add clips of it, or leave it out.' },
  'label-tiny': { title: 'A label with few clips', advice: 'Its figures will mean little: add clips of it.' },
  'label-decided-by-group': {
    title: 'The group tells the label',
    advice: 'A model may learn the speaker or the room instead: add other ones of this label.',
  },
  'group-across-folds': { title: 'A group in two folds', advice: 'Put it in one fold, or split by group.' },
};

/** So many places are shown at first. */
const shownAtFirst = 10;
/** And so many clips of each. */
const clipsOfPlace = 6;

/** One kind of fault: what it means, where it is, and what can be done about it here. */
export function Fault({ dataset, fault: { kind, count, places } }: { dataset: string; fault: Fault }) {
  const { title, advice } = words[kind];
  const some = places.slice(0, shownAtFirst);
  const rest = places.slice(shownAtFirst);
  return (
    <Section title={`${title}: ${count}`} note={advice}>
      <Places dataset={dataset} places={some} />
      {rest.length > 0 && (
        <details className="mt-2">
          <summary className="min-h-11 content-center font-medium">
            {rest.length} more{count > places.length && ` of ${count - some.length}: the first ${places.length} are listed`}
          </summary>
          <Places dataset={dataset} places={rest} />
        </details>
      )}
    </Section>
  );
}

function Places({ dataset, places }: { dataset: string; places: readonly Place[] }) {
  return (
    <ul className="divide-y divide-line">
      {places.map(({ what, clips }) => (
        <li key={`${what} ${clips.map(({ index }) => index).join(' ')}`} className="space-y-2 py-3">
          <p className="text-note text-muted wrap-anywhere first-letter:uppercase">{what}</p>
          <ul className="space-y-2">
            {clips.slice(0, clipsOfPlace).map((clip) => (
              <FoundClip key={clip.index} dataset={dataset} clip={clip} />
            ))}
          </ul>
          {clips.length > clipsOfPlace && <p className="text-note text-muted">and {clips.length - clipsOfPlace} more clips</p>}
        </li>
      ))}
    </ul>
  );
}

function FoundClip({ dataset, clip: { clipId, filename, label, group } }: { dataset: string; clip: Place['clips'][number] }) {
  const removing = useMutation({
    mutationFn: () =>
      answer(api.DELETE('/api/v1/datasets/{name}/clips', { params: { path: { name: dataset } }, body: { clipIds: [clipId] } })),
    onSuccess: () => readAgain(dataset),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <PlayButton clipId={clipId} name={filename} />
      <div className="min-w-0 flex-1 sm:flex sm:items-center sm:gap-4">
        <ClipLink clipId={clipId} filename={filename} />
        <p className="text-note text-muted wrap-anywhere">
          {label}
          {group !== null && `, ${group}`}
        </p>
      </div>
      {removing.isSuccess ? (
        <span className="text-note text-good">taken out</span>
      ) : (
        <Button
          look="danger"
          size="small"
          disabled={removing.isPending}
          aria-label={`Take out ${filename}`}
          onClick={() => removing.mutate()}
        >
          <X size={16} aria-hidden /> Take out
        </Button>
      )}
      {removing.error && <ErrorState error={removing.error} />}
    </li>
  );
}
