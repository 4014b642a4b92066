import { type Database, DerivedRepository, type IndexEntryRow, type IndexVersionRow } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { type Embedder, getEmbedder, type Scaler } from '@earshot/learning';
import { type BlobStore, readVector } from '@earshot/storage';
import type { VectorRow } from '@earshot/vectors';

/** Samples as points: what their clips are kept as, and what the embedder of an index version makes of it. */
export class EmbeddedSamples {
  private readonly embedder: Embedder;
  private readonly derived: DerivedRepository;
  private readonly recipe: string;
  /** Of a vector of the profile. */
  private readonly length: number;

  constructor(
    private readonly parts: { database: Database; store: BlobStore },
    private readonly version: Pick<IndexVersionRow, 'embedder' | 'workspaceId'>,
  ) {
    this.embedder = getEmbedder(version.embedder);
    this.derived = new DerivedRepository(parts.database, version.workspaceId);
    const profile = getProfile(this.embedder.profile);
    this.recipe = profile.hash;
    this.length = columnNames(profile).length;
  }

  /** The vectors of those entries whose sample has one. */
  async of(entries: readonly IndexEntryRow[], scaler: Scaler | undefined): Promise<VectorRow[]> {
    const kept = await this.kept(entries);
    const rows = kept.map(({ clipId, values }) => ({ id: clipId, vector: this.embedder.embed(values, scaler) }));
    return rows.filter(({ vector }) => vector.every(Number.isFinite)); // numbers that are too large have no direction
  }

  /** The same before they are embedded. A vector that is lost or damaged is none. */
  async kept(entries: readonly IndexEntryRow[]): Promise<{ clipId: string; values: Float32Array }[]> {
    const hashes = new Set(entries.flatMap(({ sample }) => sample?.sha256 ?? []));
    const found = new Map((await this.derived.find([...hashes], [this.recipe])).map((result) => [result.sha256, result]));
    const rows = entries.flatMap(({ clipId, sample }) => {
      const result = sample === null ? undefined : found.get(sample.sha256);
      return result === undefined ? [] : [{ clipId, result }];
    });
    const { store } = this.parts;
    const read = await Promise.all(
      rows.map(async ({ clipId, result }) => ({
        clipId,
        values: await readVector(store, this.version.workspaceId, result.place, this.length),
      })),
    );
    return read.flatMap(({ clipId, values }) => (values === null ? [] : [{ clipId, values }]));
  }
}
