import type { DatasetRepository } from '@earshot/database';

const membersPerPage = 5_000;

/** How many clips of one version of a dataset have the bytes of a clip of another; null where nothing of that one is left. */
export async function knownClips(datasets: Pick<DatasetRepository, 'members'>, versionId: string, otherId: string): Promise<number | null> {
  const others = new Set<string>();
  for await (const sha256 of hashesOf(datasets, otherId)) others.add(sha256);
  if (others.size === 0) return null;
  let known = 0;
  for await (const sha256 of hashesOf(datasets, versionId)) if (others.has(sha256)) known += 1;
  return known;
}

async function* hashesOf(datasets: Pick<DatasetRepository, 'members'>, versionId: string): AsyncGenerator<string> {
  for (let after = -1; ; after += membersPerPage) {
    const page = await datasets.members(versionId, after, membersPerPage);
    for (const { sha256 } of page) yield sha256;
    if (page.length < membersPerPage) return;
  }
}
