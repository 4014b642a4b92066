import { features, featuresJob, type ItemResource, jobs } from '@earshot/contracts';
import type { JobRow } from '@earshot/database';
import { columnNames, defineProfile, getProfile } from '@earshot/features';
import { csvRow } from '@earshot/platform';
import { z } from 'zod';

const ownColumns = ['index', 'customId', 'clipId', 'filename', 'state', 'errorCode', 'errorDetail'];

/** The part of a table that depends on the kind of job: what stands in the results, as columns. */
interface ResultColumns {
  names: string[];
  cells: (result: unknown) => unknown[];
}

/** A table of items, row by row. */
export interface ItemsTable {
  header: string;
  rows(items: ItemResource[]): string;
}

export function itemsTable(job: Pick<JobRow, 'kind' | 'input'>): ItemsTable {
  const { names, cells } = job.kind === featuresJob.kind ? vectorColumns(job.input) : resultColumns(job.kind);
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

/** The members of a kind's result that fit into a cell; curves and matrices come as JSON lines only. */
function resultColumns(kind: string): ResultColumns {
  const schema = jobs.find((job) => job.kind === kind)?.stages.at(-1)?.task.itemResult;
  const names =
    schema instanceof z.ZodObject
      ? Object.entries(schema.shape).flatMap(([name, member]) =>
          member instanceof z.ZodObject || member instanceof z.ZodArray ? [] : [name],
        )
      : [];
  const cells = (result: unknown) => {
    const members: Record<string, unknown> = typeof result === 'object' && result !== null ? { ...result } : {};
    return names.map((name) => members[name]);
  };
  return { names, cells };
}

/** One column for each entry of each vector, named `talent-37@1 rms_mean`; matrices are read by their route. */
function vectorColumns(input: unknown): ResultColumns {
  const profiles = featuresJob.input
    .parse(input)
    .profiles.map((choice) => (typeof choice === 'string' ? getProfile(choice) : defineProfile(choice)));
  const vectors = profiles.map((profile) => ({
    hash: profile.hash,
    columns: columnNames(profile).map((column) => `${profile.id} ${column}`),
  }));
  const cells = (result: unknown) => {
    const found = result === null ? [] : features.parse(result).vectors;
    return vectors.flatMap(({ hash, columns }) => {
      const values = found.find((vector) => vector.hash === hash)?.values ?? [];
      return columns.map((_, i) => values[i]);
    });
  };
  return { names: vectors.flatMap(({ columns }) => columns), cells };
}
