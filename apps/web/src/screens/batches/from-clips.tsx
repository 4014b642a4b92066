import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AudioWaveform } from 'lucide-react';
import { useEffect, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { bytes } from '../../sound/numbers.js';
import { Button, buttonLook } from '../../ui/button.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { Scroller } from '../../ui/scroller.js';
import type { Clips } from './batch.js';

const pageClips = 200;
const number = new Intl.NumberFormat('en');

/** Some or all of the clips that the server has, the newest first. */
export function FromClips({ onClips }: { onClips: (clips: Clips | null) => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const read = useInfiniteQuery({
    queryKey: ['clips'],
    queryFn: ({ pageParam }) =>
      answer(api.GET('/api/v1/clips', { params: { query: { limit: pageClips, cursor: pageParam || undefined } } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  useEffect(() => onClips(chosen.size === 0 ? null : { stored: [...chosen].map((clipId) => ({ clipId })) }), [chosen, onClips]);
  if (read.data === undefined) return read.error ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Loading />;
  const clips = read.data.pages.flatMap(({ items }) => items);
  if (clips.length === 0)
    return (
      <EmptyState icon={AudioWaveform} text="The server has no clips yet: what is uploaded stays until it is deleted.">
        <Link to="/" className={buttonLook({ look: 'plain' })}>
          Try a sound
        </Link>
      </EmptyState>
    );
  const toggle = (id: string) =>
    setChosen((before) => (before.has(id) ? new Set([...before].filter((other) => other !== id)) : new Set([...before, id])));
  return (
    <div>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <p className="text-note text-muted tabular-nums">
          {number.format(chosen.size)} of {number.format(clips.length)} chosen
        </p>
        <div className="flex gap-2">
          <Button look="quiet" size="small" onClick={() => setChosen(new Set(clips.map(({ id }) => id)))}>
            Choose all
          </Button>
          <Button look="quiet" size="small" disabled={chosen.size === 0} onClick={() => setChosen(new Set())}>
            None
          </Button>
        </div>
      </div>
      <Scroller label="Stored clips" className="max-h-80">
        <ul className="divide-y divide-line">
          {clips.map(({ id, filename, sizeBytes, createdAt }) => (
            <li key={id}>
              <label className="flex min-h-11 items-center gap-3 px-4 py-1.5 hover:bg-sunken">
                <input type="checkbox" className="size-5 shrink-0 accent-accent" checked={chosen.has(id)} onChange={() => toggle(id)} />
                <span className="min-w-0 flex-1 wrap-anywhere">{filename}</span>
                <span className="shrink-0 text-note text-muted tabular-nums">
                  {bytes(sizeBytes)}, <Moment at={createdAt} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      </Scroller>
      {read.hasNextPage && (
        <Button look="quiet" size="small" className="mt-2" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>
          Show more
        </Button>
      )}
    </div>
  );
}
