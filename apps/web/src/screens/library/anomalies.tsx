import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleAlert, SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { answer, api } from '../../api/client.js';
import { Failure } from '../../api/failure.js';
import { useKey } from '../../keys/keys.js';
import { significant } from '../../sound/numbers.js';
import { moveFocus, PlayButton } from '../../sound/play-button.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { ChartWithTable } from '../../ui/chart-with-table.js';
import { counted } from '../../ui/counted.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Field, Select } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { LookProgress, useLook } from './look-job.js';
import { type Anomaly, readLibraryAgain } from './reads.js';
import { methods, route, useShow } from './route.js';

const most = 100;
const methodNames: Record<(typeof methods)[number], string> = {
  neighbours: 'faults, then neighbours',
  'isolation-forest': 'an isolation forest',
};

/** What is broken, far from everything, or nearer to other genres than to its own; each with its reasons. */
export function Anomalies() {
  const { method = methods[0], genre } = route.useSearch();
  const show = useShow();
  const newest = useQuery({
    queryKey: ['library', 'anomalies', method, genre],
    queryFn: () => answer(api.GET('/api/v1/library/anomalies', { params: { query: { method, genre, limit: most } } })),
  });
  const looking = useLook('find-anomalies', () => answer(api.POST('/api/v1/library/anomalies', { body: { method } })));
  const isNone = newest.error instanceof Failure && newest.error.code === 'NOT_COMPUTED';
  const found = newest.data;
  const anomalous = found?.anomalies.filter(({ isAnomalous }) => isAnomalous) ?? [];
  const [isWhole, setWhole] = useState(false);
  const shown = (isWhole ? found?.anomalies : anomalous) ?? [];
  const seek = (text: string) => (
    <Button look={found ? 'plain' : 'main'} disabled={looking.isWorking} onClick={() => looking.ask()}>
      {text}
    </Button>
  );
  return (
    <div className="space-y-5">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="flex flex-wrap gap-3">
          <Field label="Found by">
            {(field) => (
              <Select {...field} value={method} onChange={({ target }) => show({ method: methods.find((one) => one === target.value) })}>
                {methods.map((one) => (
                  <option key={one} value={one}>
                    {methodNames[one]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {found && (
            <Field label="Genre">
              {(field) => (
                <Select {...field} value={genre ?? ''} onChange={({ target }) => show({ genre: target.value || undefined })}>
                  <option value="">Any</option>
                  {found.byGenre.map((one) => one.genre !== null && <option key={one.genre}>{one.genre}</option>)}
                </Select>
              )}
            </Field>
          )}
        </div>
        {found && seek('Look again')}
      </div>
      <LookProgress look={looking} />
      {newest.isPending && <Loading rows={8} />}
      {isNone && !looking.isWorking && (
        <EmptyState icon={SearchX} text="Sounds that are broken, or unlike the library or their own genre, are told here with the reasons.">
          {seek('Look for them')}
        </EmptyState>
      )}
      {newest.error && !isNone && <ErrorState error={newest.error} onRetry={() => void newest.refetch()} />}
      {found && (
        <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
          <div className="min-w-0 space-y-3">
            <p className="text-note text-muted">
              {found.considered} of {counted(found.samples, 'sound')} compared by {found.profile}, <Moment at={found.finishedAt} />. The
              first {Math.round(100 * found.contamination)} % of the ranks are held for anomalous: that share was chosen, not found.
            </p>
            {shown.length > 0 ? <Ranks anomalies={shown} profile={found.profile} /> : <p>None of these is held for anomalous.</p>}
            {anomalous.length < found.anomalies.length && (
              <Button look="quiet" onClick={() => setWhole(!isWhole)}>
                {isWhole ? 'Show the anomalous only' : 'Show the whole ranking'}
              </Button>
            )}
          </div>
          <ByGenre byGenre={found.byGenre} />
        </div>
      )}
    </div>
  );
}

function Ranks({ anomalies, profile }: { anomalies: readonly Anomaly[]; profile: string }) {
  const list = useRef<HTMLOListElement>(null);
  const known = useQuery({
    queryKey: ['profile', profile],
    queryFn: () => answer(api.GET('/api/v1/profiles/{id}', { params: { path: { id: profile } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const columns = new Map(known.data?.columns.map((column) => [column.name, column]));
  useKey('j', 'The next sound', () => moveFocus(list.current, 1));
  useKey('k', 'The sound before', () => moveFocus(list.current, -1));
  return (
    <ol ref={list} aria-label="Least fitting first" className="divide-y divide-line rounded-card border border-line bg-surface shadow-card">
      {anomalies.map((anomaly) => (
        <Rank key={anomaly.clipId} anomaly={anomaly} columns={columns} />
      ))}
    </ol>
  );
}

interface RankProps {
  anomaly: Anomaly;
  /** What is known of features by their names. */
  columns: ReadonlyMap<string, { unit: string; description: string }>;
}

function Rank({ anomaly, columns }: RankProps) {
  const { clipId, filename, genre, rank, isAnomalous, features } = anomaly;
  const taking = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/library/clips/{id}', { params: { path: { id: clipId } } })),
    onSuccess: readLibraryAgain,
  });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-4">
      <span className="w-8 pt-2.5 text-right text-note text-muted tabular-nums">{rank}</span>
      <PlayButton clipId={clipId} name={filename} playsOnFocus />
      <div className="min-w-0 flex-1 basis-56 space-y-1.5">
        <p className="flex flex-wrap items-center gap-2">
          <Link to="/clips/$id" params={{ id: clipId }} className="font-medium wrap-anywhere hover:underline">
            {filename}
          </Link>
          {genre !== null && <Badge>{genre}</Badge>}
          {isAnomalous && (
            <Badge tone="warn" icon={CircleAlert}>
              anomalous
            </Badge>
          )}
        </p>
        <p>{reasonOf(anomaly)}</p>
        <ul className="text-note text-muted">
          {features.slice(0, 3).map(({ feature, value, usual, deviation }) => (
            <li key={feature} className="tabular-nums">
              {nameOf(feature, columns) ?? <span className="font-mono">{feature}</span>}: {significant(value)}, usually {significant(usual)}{' '}
              {inUnit(columns.get(feature)?.unit)}, {Math.abs(deviation).toFixed(1)} interquartile ranges{' '}
              {deviation < 0 ? 'below' : 'above'}
            </li>
          ))}
        </ul>
        {taking.error && <ErrorState error={taking.error} />}
      </div>
      <Button look="quiet" size="small" disabled={taking.isPending} onClick={() => taking.mutate()} aria-label={`Take out ${filename}`}>
        Take out
      </Button>
    </li>
  );
}

const faultNames: Record<Anomaly['faults'][number], string> = {
  silent: 'it is silent',
  clipped: 'it is clipped',
  noise: 'it is steady noise',
  short: 'it is too short to say much',
};

function reasonOf({ faults, among, genre }: Anomaly): string {
  if (faults.length > 0) return `Something is wrong with it: ${faults.map((fault) => faultNames[fault]).join(', ')}.`;
  if (among === 'genre') return `It lies nearer to other genres than to ${genre ?? 'those of no genre'}.`;
  return 'It lies far from everything else.';
}

/** What a feature measures; where several numbered ones share the words, also which of them it is, counted from 1. */
function nameOf(feature: string, columns: RankProps['columns']): string | undefined {
  const description = columns.get(feature)?.description;
  const alike = [...columns].filter(([, column]) => column.description === description).map(([name]) => name);
  if (description === undefined || alike.length < 2) return description;
  return `${description}, number ${alike.indexOf(feature) + 1} of ${alike.length}`;
}

function inUnit(unit = ''): string {
  return unit === '' || unit === '1' ? '' : `(${unit})`;
}

function ByGenre({ byGenre }: { byGenre: readonly { genre: string | null; samples: number; anomalies: number }[] }) {
  const named = byGenre.map((one) => ({ ...one, genre: one.genre ?? 'no genre' }));
  return (
    <div className="rounded-card border border-line bg-surface p-5 shadow-card">
      <ChartWithTable
        title="Anomalous by genre"
        table={{ head: ['Genre', 'Anomalous', 'Of'], rows: named.map(({ genre, anomalies, samples }) => [genre, anomalies, samples]) }}
      >
        <ul className="space-y-3">
          {named.map(({ genre, anomalies, samples }) => (
            <li key={genre}>
              <div className="mb-1 flex justify-between gap-3 text-note">
                <span className="wrap-anywhere">{genre}</span>
                <span className="whitespace-nowrap text-muted tabular-nums">
                  {anomalies} of {samples}
                </span>
              </div>
              <div className="h-2 rounded-full bg-sunken">
                <i className="block h-full rounded-full bg-accent" style={{ width: `${(100 * anomalies) / Math.max(1, samples)}%` }} />
              </div>
            </li>
          ))}
        </ul>
      </ChartWithTable>
    </div>
  );
}
