import type { Database, NewClip, Workspace } from '@earshot/database';
import { profiles } from '@earshot/features';
import { type BlobStore, readPart } from '@earshot/storage';

/** By clip, and by clip and profile: the item's result or error as its row has it, and the vector's bytes as they are kept. */
export type Snapshot = ReadonlyMap<string, string>;

export async function snapshotOf(
  jobId: string,
  clips: readonly NewClip[],
  { workspace, database, store }: { workspace: Workspace; database: Database; store: BlobStore },
): Promise<Snapshot> {
  const found = new Map<string, string>();
  const text = 'select index, coalesce(result::text, error::text) as outcome from item where job_id = $1 order by index';
  const rows = await database.run<{ index: number; outcome: string }>({ name: 'outcomes', text }, [jobId]);
  for (const { index, outcome } of rows) found.set(`${clips[index]?.filename}`, outcome);
  const names = new Map(clips.map(({ sha256, filename }) => [sha256, filename]));
  const ids = new Map(profiles.map(({ hash, id }) => [hash, id]));
  for (const { sha256, recipe, shape, place } of await workspace.derived.find([...names.keys()], [...ids.keys()])) {
    const bytes =
      'bytes' in place
        ? place.bytes
        : await readPart(
            store,
            { workspaceId: workspace.id, sha256: place.pack },
            { start: place.start, end: place.start + place.length - 1 },
          );
    found.set(`${names.get(sha256)} ${ids.get(recipe)}`, `${shape.join('x')} ${Buffer.from(bytes).toString('base64')}`);
  }
  return found;
}

/** The keys of what is not the same in both, or only in one. */
export function differences(one: Snapshot, other: Snapshot): string[] {
  return [...new Set([...one.keys(), ...other.keys()])].filter((key) => one.get(key) !== other.get(key));
}
