import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { FileMusic } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
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
import { readAgain } from './read-again.js';
import { route, type Shown } from './route.js';

type DatasetClip = components['schemas']['DatasetClip'];
type Entry = components['schemas']['DatasetEntry'];

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
  const [chosenId, choose] = useState<string>();
  const place = Math.max(
    0,
    rows.findIndex(({ clipId }) => clipId === chosenId),
  );
  const chosen = rows[place];
  const go = (step: number) => choose(rows[Math.min(rows.length - 1, Math.max(0, place + step))]?.clipId);
  const before = useRef<Entry[]>([]);
  const saying = useMutation({
    mutationFn: (entry: Entry) =>
      answer(api.PATCH('/api/v1/datasets/{name}/clips', { params: { path: { name: dataset } }, body: { entries: [entry] } })),
    onSettled: () => readAgain(dataset),
  });
  const say = (clip: DatasetClip, change: Pick<Entry, 'label' | 'group'>) => {
    before.current.push({ clipId: clip.clipId, label: clip.label, group: clip.group });
    saying.mutate({ clipId: clip.clipId, ...change });
  };
  const undo = () => {
    const last = before.current.pop();
    if (last === undefined) return;
    choose(last.clipId);
    saying.mutate(last);
  };
  useKey('j', 'Next clip', () => go(1));
  useKey('k', 'Clip before', () => go(-1));
  useKey('z', 'Undo the last change of a label', undo);
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
        onSay={(change) => say(chosen, change)}
        onGo={go}
        onUndo={before.current.length > 0 ? undo : undefined}
      />
      {saying.error && <ErrorState error={saying.error} />}
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
