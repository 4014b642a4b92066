import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MapPinned } from 'lucide-react';
import { useMemo } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { fixed } from '../../sound/numbers.js';
import { PlayButton } from '../../sound/play-button.js';
import { playPreview } from '../../sound/preview.js';
import { ago } from '../../ui/ago.js';
import { Button, buttonLook } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { look } from '../../ui/look.js';
import type { Point } from './draw-map.js';
import { EmbedderChoice, useEmbedder } from './embedder-choice.js';
import { glyphOf } from './glyphs.js';
import { LookProgress, useLook } from './look-job.js';
import { MapPicture } from './map-picture.js';
import type { LibraryMap } from './reads.js';
import { route, type Shown, useShow } from './route.js';

/** The library on a map, on which what sounds alike lies together; and the same as a list. */
export function MapView() {
  const embedder = useEmbedder();
  const map = useQuery({
    queryKey: ['library', 'map', embedder],
    queryFn: () => answer(api.GET('/api/v1/library/map', { params: { query: { embedder } } })),
  });
  const drawing = useLook('library-map', () => answer(api.POST('/api/v1/library/map', { body: { embedder } })));
  const isNone = map.error instanceof Failure && map.error.code === 'NOT_COMPUTED';
  const draw = (text: string) => (
    <Button look={map.data ? 'plain' : 'main'} disabled={drawing.isWorking} onClick={() => drawing.ask()}>
      {text}
    </Button>
  );
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <EmbedderChoice label="What sounds alike is said by" />
        {map.data && draw('Draw it anew')}
      </div>
      <LookProgress look={drawing} />
      {map.isPending && <Loading rows={8} />}
      {isNone && !drawing.isWorking && (
        <EmptyState icon={MapPinned} text="A map places every sound of the library so that what sounds alike lies together.">
          {draw('Draw the map')}
        </EmptyState>
      )}
      {map.error && !isNone && <ErrorState error={map.error} onRetry={() => void map.refetch()} />}
      {map.data && <Drawn map={map.data} />}
    </div>
  );
}

function Drawn({ map }: { map: LibraryMap }) {
  const { at, genre } = route.useSearch();
  const show = useShow();
  const genres = useMemo(() => [...new Set(map.points.map((point) => point.genre))].toSorted(byName), [map.points]);
  const selected = map.points.find(({ clipId }) => clipId === at);
  const rows = useMemo(() => inOrder(map.points, genre, selected), [map.points, genre, selected]);
  const select = (point: Point) => {
    show({ at: point.clipId });
    void playPreview(point.clipId);
  };
  return (
    <div className="space-y-4">
      <p className="text-note text-muted">{inWords(map)}</p>
      <Legend genres={genres} genre={genre} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 space-y-3">
          <MapPicture points={map.points} genres={genres} genre={genre} selected={selected} onSelect={select} />
          {selected ? (
            <Selected point={selected} />
          ) : (
            <p className="text-note text-muted">
              Choose a point, or a line of the list, to hear it; the list then begins with what is nearest. Drag the map to move it; a
              double click, or Ctrl and the wheel, comes closer.
            </p>
          )}
        </div>
        <DataTable
          label="The sounds of the map as a list"
          rows={rows}
          columns={columns}
          idOf={({ clipId }) => clipId}
          onOpen={select}
          selectedId={selected?.clipId}
        />
      </div>
    </div>
  );
}

const columns: Column<Point>[] = [
  { accessorKey: 'filename', header: 'Sound', cell: ({ getValue }) => <Named name={getValue()} /> },
  { accessorKey: 'genre', header: 'Genre' },
  {
    id: 'place',
    header: 'Place',
    accessorFn: ({ x }) => x,
    cell: ({ row: { original } }) => `${fixed(original.x, 1)}, ${fixed(original.y, 1)}`,
    meta: { isNumber: true },
  },
];

function Named({ name }: { name: string }) {
  return (
    <span className="block w-40 truncate" title={name}>
      {name}
    </span>
  );
}

function Selected({ point: { clipId, filename, genre } }: { point: Point }) {
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-surface p-4 shadow-card" aria-live="polite">
      <PlayButton clipId={clipId} name={filename} />
      <div className="min-w-0 flex-1 basis-40">
        <Link to="/clips/$id" params={{ id: clipId }} className="font-medium wrap-anywhere hover:underline">
          {filename}
        </Link>
        <p className="text-note text-muted">{genre ?? 'of no genre'}</p>
      </div>
      <Link
        from={route.fullPath}
        search={(before: Shown) => ({ ...before, view: undefined, like: clipId })}
        className={buttonLook({ look: 'plain', size: 'small' })}
      >
        More like this
      </Link>
    </div>
  );
}

/** The signs of the map; a press lets one genre stand out. */
function Legend({ genres, genre }: { genres: readonly (string | null)[]; genre: string | undefined }) {
  const show = useShow();
  return (
    <fieldset className="flex flex-wrap gap-2">
      <legend className="sr-only">Genres: one to stand out</legend>
      {genres.map((name, i) => {
        const { path, fill } = glyphOf(i);
        const isChosen = name !== null && name === genre;
        return (
          <button
            key={name ?? ''}
            type="button"
            aria-pressed={isChosen}
            disabled={name === null}
            className={look(
              'inline-flex min-h-11 items-center gap-2 rounded-full border border-line bg-surface px-4 text-note hover:bg-sunken lg:min-h-9',
              isChosen && 'border-accent bg-accent-soft hover:bg-accent-soft',
            )}
            onClick={() => show({ genre: isChosen ? undefined : (name ?? undefined) })}
          >
            <svg viewBox="-8 -8 16 16" width="14" height="14" aria-hidden className={fill}>
              <path d={`M0 0${path}`} />
            </svg>
            {name ?? 'no genre'}
          </button>
        );
      })}
    </fieldset>
  );
}

/** The selected one and its neighbours on the map first; else by name. */
function inOrder(points: readonly Point[], genre: string | undefined, selected: Point | undefined): Point[] {
  const wanted = points.filter((point) => genre === undefined || point.genre === genre || point === selected);
  if (selected === undefined) return wanted.toSorted((a, b) => a.filename.localeCompare(b.filename));
  const distance = ({ x, y }: Point) => Math.hypot(x - selected.x, y - selected.y);
  return wanted.toSorted((a, b) => distance(a) - distance(b));
}

function byName(a: string | null, b: string | null): number {
  return (a ?? '~').localeCompare(b ?? '~');
}

/** Below it a map says little more than chance. */
const leastTrustworthy = 0.6;

const number = new Intl.NumberFormat('en');

function inWords({ points, samples, embedder, finishedAt, trustworthiness, withoutVector }: LibraryMap): string {
  const drawn = `${number.format(points.length)} of ${counted(samples, 'sound')} by ${embedder}, drawn ${ago(finishedAt)}.`;
  const trust =
    trustworthiness === null
      ? ''
      : ` Trustworthiness ${trustworthiness.toFixed(2)}: 1 if all neighbours on it are neighbours in truth, 0.5 by chance.${trustworthiness < leastTrustworthy ? ' These are too few sounds for a map to rely on.' : ''}`;
  const left = withoutVector > 0 ? ` ${withoutVector} could not be read, or have left the library.` : '';
  return drawn + trust + left;
}
