import type { ResultResource } from '@earshot/contracts';
import type { Request } from 'express';

/** In what form items are wanted, by the Accept header: a page of JSON, or all of them as JSON lines or as a table. */
export type ItemsForm = 'application/json' | 'application/jsonl' | 'application/x-ndjson' | 'text/csv';

const forms: ItemsForm[] = ['application/json', 'application/jsonl', 'application/x-ndjson', 'text/csv'];

export function itemsFormOf(request: Request): ItemsForm {
  const preferred = request.accepts(forms);
  return forms.find((form) => form === preferred) ?? 'application/json';
}

/** The same of a result: where it has no items it is JSON whatever is wanted, for a table of none would hide it. */
export function resultFormOf(request: Request, { items }: Pick<ResultResource, 'items'>): ItemsForm {
  return items === undefined ? 'application/json' : itemsFormOf(request);
}
