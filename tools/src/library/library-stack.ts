import { setTimeout as sleep } from 'node:timers/promises';
import { jobResource, libraryIndexes, type SimilarSamples, similarSamples, verifyIndex } from '@earshot/contracts';
import { Database, type Workspace, Workspaces } from '@earshot/database';
import { getProfile } from '@earshot/features';
import { getEmbedder } from '@earshot/learning';
import { plantSamples, TestChroma } from '@earshot/vectors/testing';
import { z } from 'zod';
import { Servers } from '../stack/servers.js';
import { Service } from '../stack/service.js';

const upload = z.object({ items: z.array(z.object({ id: z.string() })) });
const ended = z.object({ state: z.string(), error: z.unknown().optional() });
const result = z.object({ result: verifyIndex.output });

/** A gateway, an extractor and an indexer as processes of their own, on servers of their own, Chroma among them. */
export class LibraryStack {
  private constructor(
    readonly servers: Servers,
    readonly chroma: TestChroma,
    readonly gateway: Service,
    readonly extractor: Service,
    public indexer: Service,
    readonly database: Database,
    readonly workspace: Workspace,
  ) {}

  static async start(): Promise<LibraryStack> {
    const [servers, chroma] = await Promise.all([Servers.start('notify'), TestChroma.start()]);
    const { home } = servers;
    const env = { ...servers.env, CHROMA_URL: chroma.url };
    const gateway = await Service.start('gateway', { home, env });
    const [extractor, indexer] = await Promise.all([
      Service.start('extractor', { home, env: { ...env, EARSHOT_SANDBOX_CHILDREN: '1' } }),
      Service.start('indexer', { home, env }),
    ]);
    const database = new Database({ url: servers.databaseUrl, applicationName: 'library', poolSize: 2 });
    const workspace = await new Workspaces(database).named('default');
    return new LibraryStack(servers, chroma, gateway, extractor, indexer, database, workspace);
  }

  /** Kills the indexer as a machine dies, and starts another. */
  async killIndexer(): Promise<void> {
    await this.indexer.kill();
    const { home, env } = this.servers;
    this.indexer = await Service.start('indexer', { home, env: { ...env, CHROMA_URL: this.chroma.url } });
  }

  /** Samples that have vectors of the embedder's profile, and no sound. */
  plantVectors(embedder: string, vectors: readonly Float32Array[]): Promise<string[]> {
    const recipe = getProfile(getEmbedder(embedder).profile).hash;
    return plantSamples({ database: this.database, workspace: this.workspace, recipe }, vectors);
  }

  /** Uploads sounds and puts them into the library. */
  async plantSounds(files: readonly { name: string; genre: string; bytes: Uint8Array<ArrayBuffer> }[]): Promise<string[]> {
    const form = new FormData();
    for (const { name, bytes } of files) form.append('file', new Blob([bytes]), name);
    const ids = upload.parse(await this.ask('/api/v1/clips', { method: 'POST', body: form })).items.map(({ id }) => id);
    await this.workspace.samples.put(files.map(({ genre }, i) => ({ clipId: ids[i] ?? '', label: genre })));
    return ids;
  }

  /** Asks for a rebuild; returns its id. */
  async rebuild(embedder: string): Promise<string> {
    return jobResource.parse(await this.post('/api/v1/library/index-rebuilds', { embedder })).id;
  }

  /** What a rebuild came to, once it has succeeded. */
  async rebuilt(id: string, limitSeconds = 300): Promise<z.output<typeof verifyIndex.output>> {
    for (const deadline = Date.now() + limitSeconds * 1_000; Date.now() < deadline; await sleep(100)) {
      const job = ended.parse(await this.ask(`/api/v1/jobs/${id}`));
      if (job.state === 'succeeded') return result.parse(await this.ask(`/api/v1/jobs/${id}/result`)).result;
      if (!['queued', 'running'].includes(job.state)) throw new Error(`The rebuild ${job.state}: ${JSON.stringify(job.error)}`);
    }
    throw new Error(`The rebuild ${id} has not ended after ${limitSeconds} s`);
  }

  /** What sounds like a sample. */
  async similar(clipId: string, query = ''): Promise<SimilarSamples> {
    return similarSamples.parse(await this.ask(`/api/v1/library/clips/${clipId}/similar?${query}`));
  }

  async indexes(): Promise<z.output<typeof libraryIndexes>['items']> {
    return libraryIndexes.parse(await this.ask('/api/v1/library/indexes')).items;
  }

  post(path: string, body: object): Promise<unknown> {
    return this.ask(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }

  async ask(path: string, init?: RequestInit): Promise<unknown> {
    const response = await fetch(new URL(path, this.gateway.url), init);
    if (!response.ok) throw new Error(`${init?.method ?? 'GET'} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async close(): Promise<void> {
    await Promise.all([this.gateway.stop(), this.extractor.stop(), this.indexer.stop()]);
    await this.database.close();
    await Promise.all([this.servers.stop(), this.chroma.stop()]);
  }
}
