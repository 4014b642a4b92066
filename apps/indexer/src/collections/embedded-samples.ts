import { EarshotError, float32Of } from '@earshot/contracts';
import { type Database, type Derived, DerivedRepository, type IndexEntryRow, type IndexVersionRow } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import { type Embedder, getEmbedder, type Scaler } from '@earshot/learning';
import { type BlobStore, readPlace } from '@earshot/storage';
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

  /** The same before they are embedded. A vector that is lost or damaged is none: one sample must not stop the others. */
  async kept(entries: readonly IndexEntryRow[]): Promise<{ clipId: string; values: Float32Array }[]> {
    const hashes = new Set(entries.flatMap(({ sample }) => sample?.sha256 ?? []));
    const found = new Map((await this.derived.find([...hashes], [this.recipe])).map((result) => [result.sha256, result]));
    const rows = entries.flatMap(({ clipId, sample }) => {
      const result = sample === null ? undefined : found.get(sample.sha256);
      return result === undefined ? [] : [{ clipId, result }];
    });
    const read = await Promise.all(rows.map(async ({ clipId, result }) => ({ clipId, values: await this.valuesOf(result) })));
    return read.flatMap(({ clipId, values }) => (values === null ? [] : [{ clipId, values }]));
  }

  private async valuesOf({ place }: Derived): Promise<Float32Array | null> {
    const bytes = await this.bytesOf(place);
    if (bytes?.length !== this.length * Float32Array.BYTES_PER_ELEMENT) return null;
    const values = float32Of(bytes);
    return values.every(Number.isFinite) ? values : null;
  }

  /** Null where the pack is lost, or ends before the part; that the store is away may pass, and is thrown. */
  private async bytesOf(place: Derived['place']): Promise<Uint8Array | null> {
    try {
      return await readPlace(this.parts.store, this.version.workspaceId, place);
    } catch (error) {
      if (error instanceof EarshotError && (error.code === 'BLOB_LOST' || error.code === 'RANGE_NOT_SATISFIABLE')) return null;
      throw error;
    }
  }
}
