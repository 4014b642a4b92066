import type { ItemResource, Job } from '@earshot/contracts';
import { csvRow } from '@earshot/platform';
import { z } from 'zod';

const ownColumns = ['index', 'customId', 'clipId', 'filename', 'state', 'errorCode', 'errorDetail'];

/** The members of a kind's result that fit into a cell, as columns; curves and matrices come as JSON lines only. */
export function resultColumns(job: Job | undefined): string[] {
  const result = job?.stages.at(-1)?.task.itemResult;
  if (!(result instanceof z.ZodObject)) return [];
  return Object.entries(result.shape)
    .filter(([, member]) => !(member instanceof z.ZodObject || member instanceof z.ZodArray))
    .map(([name]) => name);
}

export function csvHeader(columns: string[]): string {
  return csvRow([...ownColumns, ...columns]);
}

export function csvLines(items: ItemResource[], columns: string[]): string {
  return items
    .map(({ index, customId, clipId, filename, state, result, error }) => {
      const members: Record<string, unknown> = typeof result === 'object' && result !== null ? { ...result } : {};
      return csvRow([index, customId, clipId, filename, state, error?.code, error?.detail, ...columns.map((column) => members[column])]);
    })
    .join('');
}
