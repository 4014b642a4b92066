import { type Database, type Derived, DerivedRepository, type IndexEntryRow, type IndexVersionRow } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { type Embedder, getEmbedder, type Scaler } from '@earshot/learning';
import { type BlobStore, readPart } from '@earshot/storage';
import type { VectorRow } from '@earshot/vectors';

/** Samples as points: what their clips are kept as, and what the embedder of an index version makes of it. */
export class EmbeddedSamples {
  private readonly embedder: Embedder;
  private readonly derived: DerivedRepository;
  private readonly recipe: string;

  constructor(
    private readonly parts: { database: Database; store: BlobStore },
    private readonly version: Pick<IndexVersionRow, 'embedder' | 'workspaceId'>,
  ) {
    this.embedder = getEmbedder(version.embedder);
    this.derived = new DerivedRepository(parts.database, version.workspaceId);
    this.recipe = getProfile(this.embedder.profile).hash;
  }

  /** The vectors of those entries whose sample has one. */
  async of(entries: readonly IndexEntryRow[], scaler: Scaler | undefined): Promise<VectorRow[]> {
    const kept = await this.kept(entries);
    return kept.map(({ clipId, values }) => ({ id: clipId, vector: this.embedder.embed(values, scaler) }));
  }

  /** The same before they are embedded. */
  async kept(entries: readonly IndexEntryRow[]): Promise<{ clipId: string; values: Float32Array }[]> {
    const hashes = new Set(entries.flatMap(({ sample }) => sample?.sha256 ?? []));
    const found = new Map((await this.derived.find([...hashes], [this.recipe])).map((result) => [result.sha256, result]));
    const rows = entries.flatMap(({ clipId, sample }) => {
      const result = sample === null ? undefined : found.get(sample.sha256);
      return result === undefined ? [] : [{ clipId, result }];
    });
    return Promise.all(rows.map(async ({ clipId, result }) => ({ clipId, values: await this.valuesOf(result) })));
  }

  private async valuesOf({ place }: Derived): Promise<Float32Array> {
    const { workspaceId } = this.version;
    const bytes =
      'bytes' in place
        ? place.bytes
        : await readPart(
            this.parts.store,
            { workspaceId, sha256: place.pack },
            { start: place.start, end: place.start + place.length - 1 },
          );
    return new Float32Array(new Uint8Array(bytes).buffer); // a copy: a view of floats must begin at a multiple of four
  }
}
