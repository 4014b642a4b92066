import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../api/client.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { Section } from '../../ui/card.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { Moment } from '../../ui/moment.js';
import { LookProgress, useLook } from './look-job.js';
import type { Index } from './reads.js';
import { embedders } from './route.js';

const everyMs = 5_000;
type EmbedderName = (typeof embedders)[number];

/** What searches ask: which version of it works, whether all samples are in it, and how to make it anew. */
export function Indexes() {
  const indexes = useQuery({
    queryKey: ['library', 'indexes'],
    queryFn: async () => (await answer(api.GET('/api/v1/library/indexes'))).items,
    refetchInterval: everyMs,
  });
  const rebuilding = useLook('rebuild-index', (embedder: EmbedderName) =>
    answer(api.POST('/api/v1/library/index-rebuilds', { body: { embedder } })),
  );
  if (indexes.data === undefined)
    return indexes.error ? <ErrorState error={indexes.error} onRetry={() => void indexes.refetch()} /> : <Loading rows={5} />;
  return (
    <div className="space-y-6">
      <LookProgress look={rebuilding} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        {embedders.map((embedder) => (
          <Embedder
            key={embedder}
            embedder={embedder}
            versions={indexes.data.filter((index) => index.embedder === embedder)}
            isWorking={rebuilding.isWorking}
            onRebuild={() => rebuilding.ask(embedder)}
          />
        ))}
      </div>
    </div>
  );
}

interface EmbedderProps {
  embedder: EmbedderName;
  versions: readonly Index[];
  isWorking: boolean;
  onRebuild: () => void;
}

function Embedder({ embedder, versions, isWorking, onRebuild }: EmbedderProps) {
  const live = versions.find(({ state }) => state === 'live');
  return (
    <Section
      title={embedder}
      note={notes[embedder]}
      actions={
        <Button look="plain" size="small" disabled={isWorking} onClick={onRebuild}>
          {live ? 'Make it anew' : 'Make it'}
        </Button>
      }
    >
      <div className="space-y-4">
        {live === undefined ? (
          <p className="text-muted">No version of it works yet. One is made by itself ten seconds after the library was last changed.</p>
        ) : (
          <Live index={live} />
        )}
        {versions.length > 0 && <Versions versions={versions} />}
      </div>
    </Section>
  );
}

const notes: Record<EmbedderName, string> = {
  'sound-97@1': 'What searches ask unless they say otherwise.',
  'electro-45@1': 'Of the old sample search; scaled by the library as it was.',
};

function Live({ index: { number, wanted, applied, due, inChroma } }: { index: Index }) {
  const rows = [
    ['Version', String(number)],
    ['Samples that belong to it', String(wanted)],
    ['Of these in it, as they are now', String(applied)],
    ['Changes it is yet to follow', String(due)],
    ['Vectors that Chroma counts', inChroma === null ? 'not known: it does not answer' : String(inChroma)],
  ];
  return (
    <dl className="space-y-2">
      {rows.map(([name, value]) => (
        <div key={name} className="flex items-baseline justify-between gap-4 border-b border-line pb-2">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right font-medium tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Versions({ versions }: { versions: readonly Index[] }) {
  return (
    <ul className="space-y-2">
      {versions.map(({ id, number, state, createdAt }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-3 text-note">
          <span className="tabular-nums">
            Version {number}, begun <Moment at={createdAt} />
          </span>
          <Badge tone={state === 'live' ? 'good' : 'plain'}>{state}</Badge>
        </li>
      ))}
    </ul>
  );
}
