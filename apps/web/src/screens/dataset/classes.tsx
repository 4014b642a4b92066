import { look } from '../../ui/look.js';
import { route, type Shown, useShow } from './route.js';

interface Props {
  /** With how many clips they have, most first. */
  labels: readonly (readonly [string, number])[];
  clips: number;
  unlabelled: number;
}

/** The classes and how many clips each has; one is chosen to look at its clips. */
export function Classes({ labels, clips, unlabelled }: Props) {
  const { label: chosen, unlabelled: isUnlabelled }: Shown = route.useSearch();
  const change = useShow();
  const most = Math.max(...labels.map(([, count]) => count), unlabelled, 1);
  const show = (clips: Pick<Shown, 'label' | 'unlabelled'>) => change({ view: 'clips', label: undefined, unlabelled: undefined, ...clips });
  return (
    <fieldset>
      <legend className="sr-only">Classes</legend>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        <Class name="All clips" count={clips} isChosen={chosen === undefined && !isUnlabelled} onChoose={() => show({})} />
        {labels.map(([label, count]) => (
          <Class key={label} name={label} count={count} most={most} isChosen={chosen === label} onChoose={() => show({ label })} />
        ))}
        {unlabelled > 0 && (
          <Class
            name="without a label"
            count={unlabelled}
            most={most}
            isChosen={isUnlabelled === true}
            onChoose={() => show({ unlabelled: true })}
          />
        )}
      </ul>
    </fieldset>
  );
}

function Class({
  name,
  count,
  most,
  isChosen,
  onChoose,
}: {
  name: string;
  count: number;
  /** That of the greatest class, which the bar is measured by; without it there is none. */
  most?: number;
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <li className="min-w-0">
      <button
        type="button"
        aria-pressed={isChosen}
        onClick={onChoose}
        className={look(
          'w-full rounded-field border border-line bg-surface px-4 py-2.5 text-left hover:bg-sunken',
          isChosen && 'border-accent bg-accent-soft hover:bg-accent-soft',
        )}
      >
        <span className="flex items-baseline justify-between gap-3">
          <span className="truncate font-medium">{name}</span>
          <span className="text-note text-muted tabular-nums">{count}</span>
        </span>
        {most !== undefined && (
          <span aria-hidden className="mt-1.5 block h-1.5 rounded-full bg-sunken">
            <i className="block h-full rounded-full bg-accent" style={{ width: `${(100 * count) / most}%` }} />
          </span>
        )}
      </button>
    </li>
  );
}
