import { useMemo } from 'react';
import { type Column, DataTable } from '../../ui/data-table.js';
import type { Decision } from './decisions.js';
import type { Result } from './results.js';

interface Row {
  clipId: string;
  filename: string;
  label: string;
  margin: number;
  said: string;
}

interface Props {
  results: readonly Result[];
  said: ReadonlyMap<string, Decision>;
  at: string | undefined;
  onOpen: (clipId: string) => void;
}

/** All that is to be looked at, in its order, with what was said already. */
export function Queue({ results, said, at, onOpen }: Props) {
  const rows = useMemo(
    () =>
      results.map(({ clipId, filename, margin, prediction: { label } }) => ({
        clipId,
        filename,
        label,
        margin,
        said: said.get(clipId)?.label ?? '',
      })),
    [results, said],
  );
  return (
    <DataTable
      label="Results, the least sure first"
      rows={rows}
      columns={columns}
      idOf={({ clipId }) => clipId}
      onOpen={({ clipId }) => onOpen(clipId)}
      selectedId={at}
      maxHeight="50dvh"
    />
  );
}

const columns: Column<Row>[] = [
  {
    accessorKey: 'filename',
    header: 'Sound',
    cell: ({ getValue }) => <span className="block max-w-20 truncate sm:max-w-36">{getValue()}</span>,
  },
  { accessorKey: 'label', header: 'Answer' },
  { accessorKey: 'margin', header: 'Margin', cell: ({ getValue }) => getValue().toFixed(2), meta: { isNumber: true } },
  { accessorKey: 'said', header: 'You' },
];
