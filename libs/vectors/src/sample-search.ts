import { EarshotError, type SimilarSample, type SimilarSamples, type similarQuery } from '@earshot/contracts';
import {
  type Database,
  IndexEntries,
  type IndexVersionRow,
  IndexVersions,
  type SampleFilter,
  SampleRepository,
  type SampleRow,
} from '@earshot/database';
import { foldCopies, getEmbedder, rankAgain, rankedAgain, scalerSchema } from '@earshot/learning';
import type { z } from 'zod';
import { unavailable } from './chroma-errors.js';
import type { Neighbour, VectorRow } from './collection.js';
import { nearestAmong } from './nearest-among.js';
import type { VectorStore } from './vector-store.js';

export type SimilarQuery = z.output<z.ZodObject<typeof similarQuery>>;

interface Hit extends Neighbour {
  cosine: number;
  /** Of the hit; 0 where hits are not ranked again. */
  crowding: number;
  sample: SampleRow;
}

/** A filter that leaves too few of the nearest, and at most so many samples at all, is answered by comparing all of these. */
const comparedAtOnce = 2_000;

/** So many of the nearest are looked at for those that a filter leaves, before all that it leaves are compared. */
const widest = 16_000;

const leastWidth = rankedAgain;
/** With a filter, which mostly leaves a good part. */
const leastFiltered = 4 * rankedAgain;

/** Searches in the index that is asked at this moment. What it finds is looked up in the library last: what was deleted is never told. */
export class SampleSearch {
  constructor(
    private readonly database: Database,
    private readonly vectors: VectorStore,
  ) {}

  /** What sounds like a vector of the embedder's profile. */
  async likeVector(workspaceId: string, values: Float32Array, query: SimilarQuery): Promise<SimilarSamples> {
    const embedder = getEmbedder(query.embedder);
    if (values.length !== embedder.dimensions)
      throw new EarshotError('REQUEST_INVALID', `#/vector has ${values.length} numbers; ${embedder.profile} makes ${embedder.dimensions}`);
    if (!values.every(Number.isFinite)) throw incomparable();
    const version = await this.live(workspaceId, query.embedder);
    const scaler = version.scaler === null ? undefined : scalerSchema.parse(version.scaler);
    const direction = embedder.embed(values, scaler);
    if (!direction.every(Number.isFinite)) throw incomparable();
    return this.search(version, direction, query);
  }

  /** What sounds like a sample of the library: itself, then others. Throws SAMPLE_NOT_FOUND, and NOT_COMPUTED for one that has no vector (yet). */
  async likeSample(workspaceId: string, clipId: string, query: SimilarQuery): Promise<SimilarSamples> {
    const version = await this.live(workspaceId, query.embedder);
    await new SampleRepository(this.database, workspaceId).get(clipId);
    const [own] = await this.vectors.ask(version.collection, (collection) => collection.vectorsOf([clipId]));
    if (own === undefined) throw new EarshotError('NOT_COMPUTED', `The index of ${query.embedder} has no vector of ${clipId}`);
    return this.search(version, own.vector, query, own);
  }

  private async live(workspaceId: string, embedder: string): Promise<IndexVersionRow> {
    getEmbedder(embedder);
    const version = await new IndexVersions(this.database, workspaceId).live(embedder);
    if (version === null) throw noIndexOf(embedder);
    return version;
  }

  /** With `own`, the sample that is searched for, that one comes first, however many others sound the same. */
  private async search(version: IndexVersionRow, vector: Float32Array, query: SimilarQuery, own?: VectorRow): Promise<SimilarSamples> {
    const { embedder, n, foldCopies: isFolding, ...filter } = query;
    const { ranksAgain } = getEmbedder(embedder);
    const least = ranksAgain ? Math.max(n, rankedAgain) : n;
    const found = await this.hitsOf(version, vector, filter, (hits) => (isFolding ? foldCopies(hits).hits : hits).length >= least);
    const first = own === undefined ? [] : await this.ownHit(version, own, filter);
    const nearest = [...first, ...found.filter(({ id }) => id !== own?.id)];
    const { hits, copies } = foldCopies(isFolding ? nearest : nearest.slice(0, least));
    const others = ranksAgain ? rankAgain(hits.slice(0, least)) : hits;
    return {
      embedder,
      indexVersion: version.number,
      metric: 'cosine',
      results: (isFolding ? others : [...copies, ...others]).slice(0, n).map(resultOf),
      copies: isFolding ? copies.map(resultOf) : [],
    };
  }

  /** Of the sample that is searched for; none where the filter leaves it out. */
  private async ownHit(version: IndexVersionRow, own: VectorRow, filter: SampleFilter): Promise<Hit[]> {
    const [rows, crowding] = await Promise.all([
      new SampleRepository(this.database, version.workspaceId).page({ ...filter, clipIds: [own.id] }, null, 1),
      this.crowdingOf(version, [own.id]),
    ]);
    return hitsOf(nearestAmong(own.vector, [own]), rows, crowding);
  }

  /** The nearest samples that the filter leaves, nearest first, until there are enough or no more. */
  private async hitsOf(
    version: IndexVersionRow,
    vector: Float32Array,
    filter: SampleFilter,
    isEnough: (found: Hit[]) => boolean,
  ): Promise<Hit[]> {
    const { collection: name } = version;
    const samples = new SampleRepository(this.database, version.workspaceId);
    const among = async (width: number) => {
      const neighbours = await this.vectors.ask(name, (collection) => collection.nearest(vector, width));
      const clipIds = neighbours.map(({ id }) => id);
      const [rows, crowding] = await Promise.all([samples.page({ ...filter, clipIds }, null, width), this.crowdingOf(version, clipIds)]);
      const hits = hitsOf(neighbours, rows, crowding);
      // The index may know more than it finds: its graph leads to fewer where many vectors are equal, or were removed.
      const isAll = async () => neighbours.length < width && neighbours.length >= (await this.vectors.ask(name, (found) => found.count()));
      return isEnough(hits) || (await isAll()) ? hits : null;
    };
    const first = await among(isFilter(filter) ? leastFiltered : leastWidth);
    if (first !== null) return first;
    if (isFilter(filter)) {
      const left = await samples.page(filter, null, comparedAtOnce + 1);
      if (left.length <= comparedAtOnce) return this.compareAll(version, vector, left);
    }
    for (let width = 4 * leastFiltered; width <= widest; width *= 4) {
      const hits = await among(width);
      if (hits !== null) return hits;
    }
    const all: SampleRow[] = [];
    for (let after: string | null = null; ; after = all.at(-1)?.clipId ?? null) {
      const page: SampleRow[] = await samples.page(filter, after, comparedAtOnce);
      all.push(...page);
      if (page.length < comparedAtOnce) break;
    }
    return this.compareAll(version, vector, all);
  }

  private async compareAll(version: IndexVersionRow, vector: Float32Array, samples: readonly SampleRow[]): Promise<Hit[]> {
    const ids = samples.map(({ clipId }) => clipId);
    const [rows, crowding] = await Promise.all([
      this.vectors.ask(version.collection, (collection) => collection.vectorsOf(ids)),
      this.crowdingOf(version, ids),
    ]);
    return hitsOf(nearestAmong(vector, rows), samples, crowding);
  }

  /** Null where the embedder does not rank hits by it. */
  private async crowdingOf({ id, embedder }: IndexVersionRow, clipIds: readonly string[]): Promise<Map<string, number> | null> {
    return getEmbedder(embedder).ranksAgain ? new IndexEntries(this.database, id).crowdingOf(clipIds) : null;
  }
}

function incomparable(): EarshotError {
  return new EarshotError('REQUEST_INVALID', '#/vector has numbers that are not finite, or too large to be compared');
}

function isFilter(filter: SampleFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

/** Those that the library has, and of which the index knows all that hits are ranked by. */
function hitsOf(neighbours: readonly Neighbour[], samples: readonly SampleRow[], crowding: ReadonlyMap<string, number> | null): Hit[] {
  const byId = new Map(samples.map((sample) => [sample.clipId, sample]));
  return neighbours.flatMap((neighbour) => {
    const sample = byId.get(neighbour.id);
    const ofHit = crowding === null ? 0 : crowding.get(neighbour.id);
    return sample === undefined || ofHit === undefined ? [] : [{ ...neighbour, cosine: 1 - neighbour.distance, crowding: ofHit, sample }];
  });
}

function resultOf({ distance, cosine, sample }: Hit): SimilarSample {
  const { clipId, filename, genre, group, tags, licence, author, source, url, durationSeconds, metadata } = sample;
  return { clipId, filename, genre, group, tags, licence, author, source, url, durationSeconds, metadata, distance, similarity: cosine };
}

export function noIndexOf(embedder: string): EarshotError {
  return unavailable(`The library has no index of ${embedder} yet: POST /api/v1/library/index-rebuilds with { "embedder": "${embedder}" }`);
}
