import { clipsHeardBy, countHeard } from './heard-clips.js';

const from = (modelVersionId: string) => ({ from: { version: 1, modelVersionId, artifactSha256: 'a'.repeat(64) } });
const [first, second, third] = ['1', '2', '3'].map((n) => `019aa5c4-3a07-7c55-8e21-94d3b7a6f15${n}`) as [string, string, string];

describe('the clips that a model has heard', () => {
  const hashes: Record<string, string[]> = { old: ['a', 'b'], newer: ['b', 'c'], newest: ['a', 'c', 'd', 'e'] };
  const datasets = {
    members: async (id: string, after: number) =>
      (hashes[id] ?? [])
        .map((sha256, index) => ({ index, sha256, clipId: '', filename: '', label: '', group: null, fold: null, lost: false }))
        .filter(({ index }) => index > after),
  };
  const models = new Map([
    [first, { datasetVersionId: 'old' as string | null, provenance: {} }],
    [second, { datasetVersionId: 'newer', provenance: from(first) }],
    [third, { datasetVersionId: null, provenance: {} }],
  ]);
  const kept = { datasets, versions: { find: async (id: string) => models.get(id) ?? null } };

  it('are those of the models that it started from too', async () => {
    const heard = await clipsHeardBy(second, kept);
    expect([...(heard ?? [])].toSorted()).toEqual(['a', 'b', 'c']);
    expect(await countHeard(heard ?? new Set(), kept, 'newest')).toBe(2);
    expect(await countHeard(heard ?? new Set(), kept, 'newest', (index) => index > 0)).toBe(1);
  });

  it('are not known of one that was imported, or whose data or start is gone', async () => {
    expect(await clipsHeardBy(third, kept)).toBeNull();
    const gone = { ...kept, versions: { find: async (id: string) => (id === second ? kept.versions.find(second) : null) } };
    expect(await clipsHeardBy(second, gone)).toBeNull();
    expect(await clipsHeardBy(first, { ...kept, datasets: { members: async () => [] } })).toBeNull();
  });
});
