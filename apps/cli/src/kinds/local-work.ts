import { describeJob, featuresJob, type ResultColumns } from '@earshot/contracts';
import { columnNames, defineProfile, getProfile, type Profile } from '@earshot/features';
import type { ClipFile, Sandbox } from '@earshot/sandbox';

/** How a kind's work is done on a file of this machine, without a server: with the result that a server gives for an item. */
export interface LocalWork {
  work(sandbox: Sandbox, file: ClipFile, options: Record<string, unknown>): Promise<object>;
  /** The columns of a table, where the options decide about them. */
  columns?(options: Record<string, unknown>): ResultColumns;
}

const describe: LocalWork = { work: (sandbox, file) => sandbox.run('describe', file) };

const features: LocalWork = {
  async work(sandbox, file, options) {
    const profiles = profilesOf(options);
    const input = { ...file, profiles: featuresJob.input.parse(options).profiles };
    const { extractions, ...facts } = await sandbox.run('extract', input);
    const vectors = extractions.map(({ values, shape, profile, hash }, i) => ({
      profile,
      hash,
      shape,
      columns: columnsOf(profiles[i]),
      values: [...values],
    }));
    return { ...facts, vectors };
  },
  columns(options) {
    const profiles = profilesOf(options);
    const names = profiles.flatMap((profile) => columnNames(profile).map((column) => `${profile.id} ${column}`));
    const cells = (result: unknown) =>
      result instanceof Object && 'vectors' in result && Array.isArray(result.vectors) ? result.vectors.flatMap(cellsOf) : [];
    return { names, cells };
  },
};

/** The kinds whose work needs no server. */
export const localWork: Readonly<Record<string, LocalWork>> = { [describeJob.kind]: describe, [featuresJob.kind]: features };

function profilesOf(options: Record<string, unknown>): Profile[] {
  return featuresJob.input
    .parse(options)
    .profiles.map((choice) => (typeof choice === 'string' ? getProfile(choice) : defineProfile(choice)));
}

/** Matrices have none. */
function columnsOf(profile: Profile | undefined): string[] | null {
  const names = profile === undefined ? [] : columnNames(profile);
  return names.length > 0 ? names : null;
}

function cellsOf({ columns, values }: { columns: string[] | null; values: number[] }): number[] {
  return columns === null ? [] : values;
}
