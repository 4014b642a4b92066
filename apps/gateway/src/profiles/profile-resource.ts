import type { ProfileResource } from '@earshot/contracts';
import { columnNames, type FeatureSpec, featureNotes, type Profile } from '@earshot/features';

/** A profile for people: its entries with units, and every parameter. */
export function profileResource(profile: Profile): ProfileResource {
  const { id, hash, ...definition } = profile;
  return { id, hash, kind: profile.output.kind, columns: columnsOf(profile), definition };
}

function columnsOf(profile: Profile): ProfileResource['columns'] {
  const { output } = profile;
  if (output.kind === 'matrix') return [{ name: output.of.feature, ...featureNotes[output.of.feature] }];
  return columnNames(profile).map((name) => ({ name, ...featureNotes[featureOf(name, output.columns)] }));
}

/** Entries are named after their column, with a number behind where it has several rows. */
function featureOf(entry: string, columns: readonly { name: string; of: FeatureSpec }[]): FeatureSpec['feature'] {
  const column =
    columns.find(({ name }) => name === entry) ??
    columns.find(({ name }) => entry.startsWith(`${name}_`) && /^\d+$/.test(entry.slice(name.length + 1)));
  if (column === undefined) throw new RangeError(`${entry} is no entry of the profile`);
  return column.of.feature;
}
