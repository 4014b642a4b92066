import { Link } from '@tanstack/react-router';
import { Ear, Filter } from 'lucide-react';
import { fixed } from '../../sound/numbers.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { Select } from '../../ui/field.js';
import { percent } from '../../ui/percent.js';
import { Scroller } from '../../ui/scroller.js';
import { route, shows, useShow } from './route.js';
import { type Entry, entriesKept } from './use-live.js';

const names: Record<(typeof shows)[number], string> = { all: 'Everything', heard: 'What was heard', filtered: 'What was filtered out' };

/** The newest first: what was heard, and what was not taken for heard, with the reason. */
export function Log({ log, onClear }: { log: readonly Entry[]; onClear: () => void }) {
  const { show: kind = 'all' } = route.useSearch();
  const show = useShow();
  const shown = log.filter(({ isHeard }) => kind === 'all' || isHeard === (kind === 'heard'));
  const heard = log.filter(({ isHeard }) => isHeard).length;
  return (
    <Section
      title="Log"
      note={`${heard} heard, ${log.length - heard} filtered out${log.length === entriesKept ? `, of the newest ${entriesKept} pieces` : ''}`}
      actions={
        <div className="flex flex-wrap gap-2">
          <Select
            aria-label="Shown in the log"
            value={kind}
            onChange={({ target }) => show({ show: shows.find((one) => one === target.value && one !== 'all') })}
          >
            {shows.map((one) => (
              <option key={one} value={one}>
                {names[one]}
              </option>
            ))}
          </Select>
          <Button look="quiet" onClick={onClear} disabled={log.length === 0}>
            Clear
          </Button>
        </div>
      }
    >
      {shown.length === 0 ? (
        <p className="text-muted">{log.length === 0 ? 'The first window is not full yet.' : 'Nothing of that kind yet.'}</p>
      ) : (
        <Scroller label="Log of what was heard" className="max-h-[28rem]">
          <ol className="divide-y divide-line">
            {shown.map((entry) => (
              <Line key={entry.id} entry={entry} />
            ))}
          </ol>
        </Scroller>
      )}
    </Section>
  );
}

function Line({ entry: { at, isHeard, label, confidence, reason, latencyMs, levelDb, clipId } }: { entry: Entry }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5">
      <time className="text-note text-muted tabular-nums">{at.toLocaleTimeString()}</time>
      <span className="min-w-0 flex-1 basis-48">
        {isHeard ? <strong>{label}</strong> : <span className="text-muted wrap-anywhere">{reason}</span>}
      </span>
      {isHeard && confidence !== null && <span className="text-note tabular-nums">{percent(confidence, 0)} sure</span>}
      <Badge tone={isHeard ? 'accent' : 'plain'} icon={isHeard ? Ear : Filter}>
        {isHeard ? 'heard' : 'filtered out'}
      </Badge>
      <span className="text-note whitespace-nowrap text-muted tabular-nums">
        {fixed(levelDb, 0)} dBFS{latencyMs !== null && ` · ${latencyMs.toFixed(0)} ms`}
      </span>
      {clipId !== null && (
        <Link to="/clips/$id" params={{ id: clipId }} className="text-note underline underline-offset-2">
          clip
        </Link>
      )}
    </li>
  );
}
