import type { ClaimedItem, Derived, DerivedRepository } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';

interface Keeper {
  workspaceId: string;
  derived: DerivedRepository;
  store: BlobStore;
}

/** Results of items that were kept and are still there; those whose pack is lost are forgotten, and so computed again. */
export async function findKept(
  items: readonly ClaimedItem[],
  recipes: string[],
  { workspaceId, derived, store }: Keeper,
): Promise<Derived[]> {
  const sha256s = items.flatMap(({ sha256, hasDerived }) => (hasDerived && sha256 !== null ? [sha256] : []));
  if (sha256s.length === 0) return []; // new clips, of which nothing was known when they were claimed
  const found = await derived.find(sha256s, recipes);
  const packs = new Set(found.flatMap(({ place }) => ('pack' in place ? [place.pack] : [])));
  const lost = new Set<string>();
  await Promise.all([...packs].map(async (sha256) => (await store.exists({ workspaceId, sha256 })) || lost.add(sha256)));
  const isLost = ({ place }: Derived) => 'pack' in place && lost.has(place.pack);
  if (lost.size > 0) await derived.discard(found.filter(isLost));
  return found.filter((result) => !isLost(result));
}
