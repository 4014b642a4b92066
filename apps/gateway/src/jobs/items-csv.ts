import { csvColumnsOf, type ItemResource, type Kind } from '@earshot/contracts';
import { csvRow } from '@earshot/platform';
import type { ResultColumns } from '../work/kind-rules.js';

const ownColumns = ['index', 'customId', 'clipId', 'filename', 'state', 'errorCode', 'errorDetail'];

/** A table of items, row by row. */
export interface ItemsTable {
  header: string;
  rows(items: ItemResource[]): string;
}

export function itemsTable({ names, cells }: ResultColumns): ItemsTable {
  return {
    header: csvRow([...ownColumns, ...names]),
    rows: (items) =>
      items
        .map(({ index, customId, clipId, filename, state, result, error }) =>
          csvRow([index, customId, clipId, filename, state, error?.code, error?.detail, ...cells(result)]),
        )
        .join(''),
  };
}

/** The columns that a kind's contract names. */
export function contractColumns(kind: Kind): ResultColumns {
  const names = csvColumnsOf(kind);
  const cells = (result: unknown) => {
    const members: Record<string, unknown> = typeof result === 'object' && result !== null ? { ...result } : {};
    return names.map((name) => asCell(members[name]));
  };
  return { names, cells };
}

/** Lists of words, such as warnings, read better as words than as JSON. */
function asCell(value: unknown): unknown {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string') ? value.join(' ') : value;
}
