import type { ItemResource, ResultColumns } from '@earshot/contracts';
import { csvRow } from '@earshot/platform';

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
