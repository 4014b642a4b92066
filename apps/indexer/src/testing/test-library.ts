import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, IndexUpkeep, type IndexVersionRow, type Workspace, Workspaces } from '@earshot/database';
import { startTestPostgres, type TestPostgres } from '@earshot/database/testing';
import { getProfile } from '@earshot/features';
import { getEmbedder } from '@earshot/learning';
import { FolderBlobStore } from '@earshot/storage';
import { VectorStore } from '@earshot/vectors';
import { plantSamples, TestChroma } from '@earshot/vectors/testing';
import { CollectionKeeper } from '../collections/collection-keeper.js';

/** Of the library unless another is asked for. */
export const embedderName = 'electro-45@1';

/** A library whose clips have vectors though they have no sound, and a Chroma for its indexes. */
export class TestLibrary {
  private constructor(
    readonly postgres: TestPostgres,
    readonly chroma: TestChroma,
    readonly database: Database,
    readonly workspace: Workspace,
    readonly vectors: VectorStore,
    readonly store: FolderBlobStore,
    readonly keeper: CollectionKeeper,
    private readonly folder: string,
    private readonly embedder: string,
  ) {}

  static async start(embedder = embedderName): Promise<TestLibrary> {
    const [postgres, chroma] = await Promise.all([startTestPostgres(), TestChroma.start()]);
    const database = new Database({ url: await postgres.createDatabase(), applicationName: 'indexer-spec' });
    const workspace = await new Workspaces(database).named('default');
    const vectors = new VectorStore({ url: chroma.url });
    const folder = await mkdtemp(join(tmpdir(), 'indexer-spec-'));
    const store = new FolderBlobStore({ folder });
    const keeper = new CollectionKeeper(database, store, vectors);
    return new TestLibrary(postgres, chroma, database, workspace, vectors, store, keeper, folder, embedder);
  }

  /** Adds a sample for each vector; null: one that cannot be read. */
  add(vectors: readonly (Float32Array | null)[]): Promise<string[]> {
    return plantSamples(this, vectors);
  }

  /** With a job that has not ended, as one that is built has: another would be taken for abandoned. */
  async makeVersion(): Promise<IndexVersionRow> {
    const id = randomUUID();
    const job = { id, workspaceId: this.workspace.id, kind: 'rebuild-index', priority: 0, input: {}, metadata: {}, total: 0 };
    await this.database.prisma.job.create({ data: { ...job, createdAt: new Date() } });
    return this.workspace.indexes.create({ id, embedder: this.embedder, metric: 'cosine', jobId: id });
  }

  /** As it is now. */
  version({ id }: IndexVersionRow): Promise<IndexVersionRow> {
    return this.workspace.indexes.get(id);
  }

  /** Has searches ask it, as the end of its job does. */
  async makeLive({ id }: IndexVersionRow): Promise<void> {
    const text = `insert into alias (workspace_id, scope, name, target, version) values ($1, $2, 'live', $3, 1)
      on conflict (workspace_id, scope, name) do update set target = $3, version = alias.version + 1`;
    await this.database.run({ name: '', text }, [this.workspace.id, `index:${this.embedder}`, id]);
    await this.database.prisma.job.update({ where: { id }, data: { state: 'succeeded', finishedAt: new Date() } });
  }

  /** Under which the vectors of its clips are kept. */
  get recipe(): string {
    return getProfile(getEmbedder(this.embedder).profile).hash;
  }

  get upkeep(): IndexUpkeep {
    return new IndexUpkeep(this.database);
  }

  /** The ids in its collection. */
  async idsOf({ collection }: IndexVersionRow): Promise<string[]> {
    const ids: string[] = [];
    for await (const page of await this.vectors.ask(collection, async (found) => found.ids())) ids.push(...page);
    return ids.sort();
  }

  async stop(): Promise<void> {
    await this.database.close();
    await this.store.close();
    await rm(this.folder, { recursive: true });
    await Promise.all([this.postgres.stop(), this.chroma.stop()]);
  }
}
