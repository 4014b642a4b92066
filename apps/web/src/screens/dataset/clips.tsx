import { useInfiniteQuery } from '@tanstack/react-query';
import { FileMusic } from 'lucide-react';
import { useMemo, useState } from 'react';
import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import { useKey } from '../../keys/keys.js';
import { bytes } from '../../sound/numbers.js';
import { Badge } from '../../ui/badge.js';
import { Button } from '../../ui/button.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { EmptyState } from '../../ui/empty-state.js';
import { ErrorState } from '../../ui/error-state.js';
import { Loading } from '../../ui/loading.js';
import { LabelClip } from './label-clip.js';
import { route, type Shown } from './route.js';
import { useLabels } from './use-labels.js';

type DatasetClip = components['schemas']['DatasetClip'];

const firstPage: string | undefined = undefined;

/** The clips of the dataset as it is now, to hear and to label: by the mouse, or by J, K, 1 to 9 and Z alone. */
export function Clips({ dataset, labels }: { dataset: string; labels: readonly string[] }) {
  const { label, unlabelled }: Shown = route.useSearch();
  const clips = useInfiniteQuery({
    queryKey: ['dataset-clips', dataset, { label, unlabelled }],
    queryFn: ({ pageParam }) =>
      answer(
        api.GET('/api/v1/datasets/{name}/clips', {
          params: { path: { name: dataset }, query: { label, unlabelled, limit: 200, cursor: pageParam } },
        }),
      ),
    initialPageParam: firstPage,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const rows = useMemo(() => clips.data?.pages.flatMap(({ items }) => items) ?? [], [clips.data]);
  const hasGroups = rows.some(({ group }) => group !== null);
  const hasFolds = rows.some(({ fold }) => fold !== null);
  const shownColumns = useMemo(
    () => columns.filter(({ id }) => (id !== 'group' || hasGroups) && (id !== 'fold' || hasFolds)),
    [hasGroups, hasFolds],
  );
  const view = `${label} ${unlabelled}`;
  const [looked, look] = useState<{ clipId: string | undefined; place: number; view: string }>();
  const kept = looked?.view === view ? looked : undefined;
  const found = rows.findIndex(({ clipId }) => clipId === kept?.clipId);
  // Whoever says what a clip is that then leaves this list goes on with the one that follows.
  const place = found >= 0 ? found : Math.max(0, Math.min(rows.length - 1, kept?.place ?? 0));
  const chosen = rows[place];
  const choose = (clipId: string | undefined) => {
    const at = rows.findIndex((row) => row.clipId === clipId);
    look({ clipId, place: at >= 0 ? at : place, view });
  };
  const go = (step: number) => choose(rows[Math.min(rows.length - 1, Math.max(0, place + step))]?.clipId);
  const { say, undo, canUndo, refused, sayAgain } = useLabels(dataset);
  const takeBack = () => {
    const clipId = undo();
    if (clipId !== undefined) choose(clipId);
  };
  useKey('j', 'Next clip', () => go(1));
  useKey('k', 'Clip before', () => go(-1));
  useKey('z', 'Undo the last change of a label', takeBack, canUndo);
  if (clips.data === undefined)
    return clips.error ? <ErrorState error={clips.error} onRetry={() => void clips.refetch()} /> : <Loading rows={6} />;
  if (chosen === undefined) return <EmptyState icon={FileMusic} text="No clip of the dataset is like this." />;
  return (
    <div className="space-y-4">
      <LabelClip
        key={chosen.clipId}
        dataset={dataset}
        clip={chosen}
        labels={labels}
        onSay={(change) => {
          choose(chosen.clipId);
          say(chosen, change);
        }}
        onGo={go}
        onUndo={canUndo ? takeBack : undefined}
      />
      {refused.length > 0 && (
        <div className="space-y-2">
          <p className="font-medium" role="status">
            {refused.length === 1 ? 'What you said of one clip was not taken.' : `What you said of ${refused.length} clips was not taken.`}
          </p>
          <ErrorState error={refused.at(-1)?.error} onRetry={sayAgain} />
        </div>
      )}
      <DataTable
        label="Clips"
        rows={rows}
        columns={shownColumns}
        idOf={({ clipId }) => clipId}
        selectedId={chosen.clipId}
        onOpen={({ clipId }) => choose(clipId)}
      />
      {clips.hasNextPage && (
        <Button look="plain" disabled={clips.isFetchingNextPage} onClick={() => void clips.fetchNextPage()}>
          More clips
        </Button>
      )}
    </div>
  );
}

const columns: Column<DatasetClip>[] = [
  {
    id: 'filename',
    header: 'Clip',
    accessorFn: ({ filename }) => filename,
    cell: ({ row: { original } }) => <span className="font-medium wrap-anywhere">{original.filename}</span>,
  },
  {
    id: 'label',
    header: 'Label',
    accessorFn: ({ label }) => label ?? '',
    cell: ({ row: { original } }) => original.label ?? <Badge tone="warn">none yet</Badge>,
  },
  { id: 'group', header: 'Group', accessorFn: ({ group }) => group ?? '' },
  { id: 'fold', header: 'Fold', meta: { isNumber: true }, accessorFn: ({ fold }) => fold },
  {
    id: 'size',
    header: 'Size',
    meta: { isNumber: true },
    accessorFn: ({ sizeBytes }) => sizeBytes,
    cell: ({ row: { original } }) => <span className="whitespace-nowrap">{bytes(original.sizeBytes)}</span>,
  },
];
