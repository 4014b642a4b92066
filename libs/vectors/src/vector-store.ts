import { ChromaClient } from 'chromadb';
import { z } from 'zod';
import { asking, isUnknown, unavailable } from './chroma-errors.js';
import { Collection } from './collection.js';

export interface VectorStoreOptions {
  /** `http://host:port` of a Chroma server; without one everything that asks it fails with INDEX_UNAVAILABLE. */
  url: string | undefined;
}

/**
 * How collections are made. With 16 links and 100 candidates the ten nearest were all found in 2,000 vectors; for larger libraries there is
 * more of both.
 */
const hnsw = { space: 'cosine', max_neighbors: 24, ef_construction: 200, ef_search: 200 } as const;

/** Of all names: what else lies in the same Chroma is left alone. */
const prefix = 'earshot-';

const limitMs = 5_000;

/** The collections of vectors in Chroma: derived from what PostgreSQL and the blobs hold, so they may be erased at any moment. */
export class VectorStore {
  private readonly client: ChromaClient | null;
  /** Chroma's own number of a collection is asked for once; it changes only when the collection was erased and made again. */
  private readonly known = new Map<string, Collection>();

  constructor({ url }: VectorStoreOptions) {
    this.client = url === undefined ? null : clientOf(new URL(url));
  }

  /** Throws INDEX_UNAVAILABLE unless Chroma answers. */
  async ping(): Promise<void> {
    await asking('asking whether it lives', 2_000, () => this.chroma().heartbeat());
  }

  /** Null where there is none of that name. */
  async find(name: string): Promise<Collection | null> {
    const known = this.known.get(name);
    if (known !== undefined) return known;
    try {
      const found = await asking(`looking for ${name}`, limitMs, () => this.chroma().getCollection({ name: prefix + name }));
      return this.know(new Collection(found, name));
    } catch (error) {
      if (isUnknown(error)) return null;
      throw error;
    }
  }

  /** Asks a collection for something, once more when the one that was known has been erased; INDEX_UNAVAILABLE where there is none. */
  async ask<Answer>(name: string, question: (collection: Collection) => Promise<Answer>): Promise<Answer> {
    for (const last of [false, true]) {
      const collection = await this.find(name);
      if (collection === null) break;
      try {
        return await question(collection);
      } catch (error) {
        if (!isUnknown(error)) throw error;
        this.known.delete(name);
        if (last) break;
      }
    }
    throw unavailable(`${name} is not there; it is made again`);
  }

  /** Makes it unless it is there. */
  async make(name: string): Promise<Collection> {
    const settings = { name: prefix + name, embeddingFunction: null, configuration: { hnsw } };
    return this.know(new Collection(await asking(`making ${name}`, limitMs, () => this.chroma().getOrCreateCollection(settings)), name));
  }

  /** The number that was left with a collection; 0: none. */
  async markOf(name: string): Promise<number> {
    const { metadata } = await asking(`reading the mark of ${name}`, limitMs, () => this.chroma().getCollection({ name: prefix + name }));
    return z.object({ mark: z.number() }).safeParse(metadata).data?.mark ?? 0;
  }

  /** INDEX_UNAVAILABLE also where it is not there (any more). */
  async rename(from: string, to: string): Promise<void> {
    const client = this.chroma();
    try {
      await asking(`renaming ${from}`, limitMs, async () =>
        (await client.getCollection({ name: prefix + from })).modify({ name: prefix + to }),
      );
    } catch (error) {
      throw isUnknown(error) ? unavailable(`${from} is not there`, error) : error;
    } finally {
      for (const name of [from, to]) this.known.delete(name);
    }
  }

  /** One that is not there is no error. */
  async remove(name: string): Promise<void> {
    this.known.delete(name);
    try {
      await asking(`removing ${name}`, 60_000, () => this.chroma().deleteCollection({ name: prefix + name }));
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }

  /** Of all collections of Earshot's; other installations may have some in the same Chroma. */
  async names(): Promise<string[]> {
    const names: string[] = [];
    for (let offset = 0; ; offset += 100) {
      const page = await asking('listing collections', limitMs, () => this.chroma().listCollections({ limit: 100, offset }));
      for (const { name } of page) if (name.startsWith(prefix)) names.push(name.slice(prefix.length));
      if (page.length < 100) return names;
    }
  }

  private know(collection: Collection): Collection {
    this.known.set(collection.name, collection);
    return collection;
  }

  private chroma(): ChromaClient {
    if (this.client === null) throw unavailable('There is no Chroma: CHROMA_URL is not set');
    return this.client;
  }
}

function clientOf({ protocol, hostname, port }: URL): ChromaClient {
  const ssl = protocol === 'https:';
  return new ChromaClient({
    ssl,
    host: hostname,
    port: Number(port) || (ssl ? 443 : 80),
    tenant: 'default_tenant',
    database: 'default_database',
  });
}
