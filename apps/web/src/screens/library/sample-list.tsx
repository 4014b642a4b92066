import { Link } from '@tanstack/react-router';
import { type ComponentProps, useState } from 'react';
import { useKey } from '../../keys/keys.js';
import { fixed, seconds } from '../../sound/numbers.js';
import { moveFocus, PlayButton } from '../../sound/play-button.js';
import { Badge } from '../../ui/badge.js';
import { buttonLook } from '../../ui/button.js';
import { Switch } from '../../ui/switch.js';
import { useRowsInSight } from '../../ui/use-rows-in-sight.js';
import type { Found, Sample } from './reads.js';
import { route, type Shown } from './route.js';

const idOf = ({ clipId }: Sample | Found) => clipId;
/** Of a line that was not drawn yet. */
const usualHeight = 72;

/** Sounds one below the other; each is heard when the keyboard comes to it. */
export function SampleList({ label, samples }: { label: string; samples: readonly (Sample | Found)[] }) {
  const { list, style, shown, rowProps } = useRowsInSight(samples, { idOf, usualHeight });
  const [playsOnFocus, setPlaysOnFocus] = useState(true);
  useKey('j', 'The next sound', () => moveFocus(list.current, 1));
  useKey('k', 'The sound before', () => moveFocus(list.current, -1));
  return (
    <div>
      <div className="mb-2 hidden items-center justify-between gap-x-4 text-note text-muted lg:flex">
        <span>J and K go from sound to sound, Space plays and stops.</span>
        <Switch label="Play what the keyboard comes to" isOn={playsOnFocus} onChange={setPlaysOnFocus} />
      </div>
      <ul
        ref={list}
        style={style}
        aria-label={label}
        className="divide-y divide-line rounded-card border border-line bg-surface shadow-card"
      >
        {shown.map((sample, place) => (
          <Line key={sample.clipId} {...rowProps(place)} sample={sample} playsOnFocus={playsOnFocus} />
        ))}
      </ul>
    </div>
  );
}

interface LineProps extends ComponentProps<'li'> {
  sample: Sample | Found;
  playsOnFocus: boolean;
}

function Line({ sample, playsOnFocus, ...ofRow }: LineProps) {
  const { clipId, filename, genre, tags, licence, author, url, durationSeconds } = sample;
  const origin = [licence, author].filter((word) => word !== null).join(', ');
  return (
    <li {...ofRow} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <PlayButton clipId={clipId} name={filename} playsOnFocus={playsOnFocus} />
      <div className="min-w-0 flex-1 basis-52">
        <Link to="/clips/$id" params={{ id: clipId }} className="font-medium wrap-anywhere hover:underline">
          {filename}
        </Link>
        <p className="text-note text-muted">
          {durationSeconds === null ? 'Not measured yet' : seconds(durationSeconds)}
          {origin !== '' && <> · {url === null ? origin : <Outside href={url}>{origin}</Outside>}</>}
        </p>
      </div>
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">
        {genre !== null && <Badge tone="accent">{genre}</Badge>}
        {tags.slice(0, 4).map((tag) => (
          <Badge key={tag}>{tag}</Badge>
        ))}
        {tags.length > 4 && <span className="text-note text-muted">and {tags.length - 4} more tags</span>}
      </div>
      {'similarity' in sample && (
        <span className="text-note tabular-nums sm:w-28 sm:text-right" title="Cosine of the two vectors: 1 is the same sound">
          {fixed(sample.similarity, 3)} similar
        </span>
      )}
      <Link
        from={route.fullPath}
        search={(before: Shown) => ({ ...before, view: undefined, like: clipId })}
        className={buttonLook({ look: 'quiet', size: 'small' })}
        aria-label={`More like this: ${filename}`}
      >
        More like this
      </Link>
    </li>
  );
}

function Outside({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} rel="noreferrer" target="_blank" className="underline underline-offset-2">
      {children}
    </a>
  );
}
