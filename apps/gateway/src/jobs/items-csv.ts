import type { ItemResource, Job } from '@earshot/contracts';
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
  return line([...ownColumns, ...columns]);
}

export function csvLines(items: ItemResource[], columns: string[]): string {
  return items
    .map(({ index, customId, clipId, filename, state, result, error }) => {
      const members: Record<string, unknown> = typeof result === 'object' && result !== null ? { ...result } : {};
      return line([index, customId, clipId, filename, state, error?.code, error?.detail, ...columns.map((column) => members[column])]);
    })
    .join('');
}

/** RFC 4180. */
function line(cells: unknown[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are numbers. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to be found
  const safe = /^[=+\-@\u0000-\u001f\u007f]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
