import type { components } from '../../generated/openapi.js';
import { evaluationOf } from '../../learning/evaluation.js';
import { Badge } from '../../ui/badge.js';
import { type Column, DataTable } from '../../ui/data-table.js';
import { Moment } from '../../ui/moment.js';
import { percent } from '../../ui/percent.js';
import { useShow } from './route.js';

type ModelVersion = components['schemas']['ModelVersion'];

export function Versions({ versions, shown }: { versions: readonly ModelVersion[]; shown: number | undefined }) {
  const show = useShow();
  return (
    <DataTable
      label="Versions"
      rows={versions}
      columns={columns}
      idOf={({ version }) => String(version)}
      selectedId={shown === undefined ? undefined : String(shown)}
      onOpen={({ version }) => show({ version })}
      maxHeight="20rem"
    />
  );
}

const columns: Column<ModelVersion>[] = [
  { id: 'version', header: 'Version', accessorFn: ({ version }) => version },
  {
    id: 'aliases',
    header: 'Aliases',
    accessorFn: ({ aliases }) => aliases.join(' '),
    cell: ({ row: { original } }) => (
      <span className="flex gap-1.5">
        {original.aliases.map((alias) => (
          <Badge key={alias} tone="good">
            {alias}
          </Badge>
        ))}
      </span>
    ),
  },
  {
    id: 'accuracy',
    header: 'Accuracy',
    meta: { isNumber: true },
    accessorFn: ({ metrics }) => evaluationOf(metrics)?.accuracy ?? null,
    cell: ({ row: { original } }) => percent(evaluationOf(original.metrics)?.accuracy),
  },
  { id: 'support', header: 'Tested on', meta: { isNumber: true }, accessorFn: ({ metrics }) => evaluationOf(metrics)?.support ?? null },
  { id: 'recipe', header: 'Recipe', accessorFn: ({ recipe }) => recipe },
  { id: 'labels', header: 'Labels', meta: { isNumber: true }, accessorFn: ({ labels }) => labels.length },
  {
    id: 'createdAt',
    header: 'Made',
    accessorFn: ({ createdAt }) => createdAt,
    cell: ({ row: { original } }) => <Moment at={original.createdAt} />,
  },
];
