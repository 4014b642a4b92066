import { EarshotError, mostSimilar, type SimilarSample, type SimilarSamples, type similarQuery } from '@earshot/contracts';
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
import { byDistance, type Neighbour, type VectorRow } from './collection.js';
import { nearestAmong } from './nearest-among.js';
import type { VectorStore } from './vector-store.js';

export type SimilarQuery = z.output<z.ZodObject<typeof similarQuery>>;

/** What a sample is ranked by. */
interface Hit extends Neighbour {
  cosine: number;
  /** 0 where hits are not ranked again. */
  crowding: number;
}

/** How many hits are looked for beside copies of what is searched for. */
interface Wanted {
  least: number;
  isFolding: boolean;
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
    const wanted = { least: ranksAgain ? Math.max(n, rankedAgain) : n, isFolding };
    const found = await this.hitsOf(version, vector, filter, wanted);
    const first = own === undefined ? [] : await this.itself(version, own, filter);
    const nearest = await this.told(version, [...first, ...found.filter(({ id }) => id !== own?.id)], filter);
    const { hits, copies } = foldCopies(isFolding ? nearest : nearest.slice(0, wanted.least));
    const others = ranksAgain ? rankAgain(hits.slice(0, wanted.least)) : hits;
    return {
      embedder,
      indexVersion: version.number,
      metric: 'cosine',
      results: (isFolding ? others : [...copies, ...others]).slice(0, n).map(resultOf),
      copies: isFolding ? copies.slice(0, mostSimilar).map(resultOf) : [],
    };
  }

  /** The nearest samples that the filter leaves, nearest first, until there are enough or no more. */
  private async hitsOf(version: IndexVersionRow, vector: Float32Array, filter: SampleFilter, wanted: Wanted): Promise<Hit[]> {
    const { collection: name } = version;
    const among = async (width: number) => {
      const neighbours = await this.vectors.ask(name, (collection) => collection.nearest(vector, width));
      const hits = await this.hitsAmong(version, neighbours, filter);
      // The index may know more than it finds: its graph leads to fewer where many vectors are equal, or were removed.
      const isAll = async () => neighbours.length < width && neighbours.length >= (await this.vectors.ask(name, (found) => found.count()));
      return isEnough(hits, wanted) || (await isAll()) ? shortlist(hits, wanted) : null;
    };
    const first = await among(isFilter(filter) ? leastFiltered : leastWidth);
    if (first !== null) return first;
    const left = isFilter(filter) ? await this.samplesOf(version).ids(filter, null, comparedAtOnce + 1) : null;
    if (left !== null && left.length <= comparedAtOnce) return this.compareAll(version, vector, filter, wanted);
    for (let width = 4 * leastFiltered; width <= widest; width *= 4) {
      const hits = await among(width);
      if (hits !== null) return hits;
    }
    return this.compareAll(version, vector, filter, wanted);
  }

  /** By the vectors of all that the filter leaves, page by page: only the nearest are remembered. */
  private async compareAll(version: IndexVersionRow, vector: Float32Array, filter: SampleFilter, wanted: Wanted): Promise<Hit[]> {
    let nearest: Hit[] = [];
    for (let after: string | null = null; ; ) {
      const ids: string[] = await this.samplesOf(version).ids(filter, after, comparedAtOnce);
      const rows = await this.vectors.ask(version.collection, (collection) => collection.vectorsOf(ids));
      const hits = await this.rankable(version, nearestAmong(vector, rows));
      nearest = shortlist([...nearest, ...hits].sort(byDistance), wanted);
      after = ids.at(-1) ?? null;
      if (after === null || ids.length < comparedAtOnce) return nearest;
    }
  }

  /** It is ranked before all others, so nothing need be known that those are ranked by: the index may have its vector and not that yet. */
  private async itself(version: IndexVersionRow, own: VectorRow, filter: SampleFilter): Promise<Hit[]> {
    const left = await this.leftOf(version, nearestAmong(own.vector, [own]), filter);
    return left.map((neighbour) => hitOf(neighbour, 0));
  }

  /** Of the neighbours those that the library has and the filter leaves, and of which the index knows all that they are ranked by. */
  private async hitsAmong(version: IndexVersionRow, neighbours: readonly Neighbour[], filter: SampleFilter): Promise<Hit[]> {
    return this.rankable(version, await this.leftOf(version, neighbours, filter));
  }

  private async leftOf(version: IndexVersionRow, neighbours: readonly Neighbour[], filter: SampleFilter): Promise<Neighbour[]> {
    const clipIds = neighbours.map(({ id }) => id);
    const left = new Set(await this.samplesOf(version).ids({ ...filter, clipIds }, null, clipIds.length));
    return neighbours.filter(({ id }) => left.has(id));
  }

  private async rankable({ id: versionId, embedder }: IndexVersionRow, neighbours: readonly Neighbour[]): Promise<Hit[]> {
    const ids = neighbours.map(({ id }) => id);
    const crowding = getEmbedder(embedder).ranksAgain ? await new IndexEntries(this.database, versionId).crowdingOf(ids) : null;
    return neighbours.flatMap((neighbour) => {
      const ofHit = crowding === null ? 0 : crowding.get(neighbour.id);
      return ofHit === undefined ? [] : [hitOf(neighbour, ofHit)];
    });
  }

  /** Hits with what is said of them, those that are still in the library. */
  private async told(version: IndexVersionRow, hits: readonly Hit[], filter: SampleFilter): Promise<ToldHit[]> {
    const clipIds = hits.map(({ id }) => id);
    const rows = await this.samplesOf(version).page({ ...filter, clipIds }, null, clipIds.length);
    const byId = new Map(rows.map((sample) => [sample.clipId, sample]));
    return hits.flatMap((hit) => {
      const sample = byId.get(hit.id);
      return sample === undefined ? [] : [{ ...hit, sample }];
    });
  }

  private samplesOf({ workspaceId }: IndexVersionRow): SampleRepository {
    return new SampleRepository(this.database, workspaceId);
  }
}

interface ToldHit extends Hit {
  sample: SampleRow;
}

function hitOf(neighbour: Neighbour, crowding: number): Hit {
  return { ...neighbour, cosine: 1 - neighbour.distance, crowding };
}

function isEnough(hits: readonly Hit[], { least, isFolding }: Wanted): boolean {
  return (isFolding ? foldCopies(hits).hits : hits).length >= least;
}

/** As many as an answer can have of copies, and as many others as are looked for. */
function shortlist(nearest: readonly Hit[], { least }: Wanted): Hit[] {
  const { hits, copies } = foldCopies(nearest);
  return [...copies.slice(0, mostSimilar), ...hits.slice(0, least)];
}

function incomparable(): EarshotError {
  return new EarshotError('REQUEST_INVALID', '#/vector has numbers that are not finite, or too large to be compared');
}

function isFilter(filter: SampleFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function resultOf({ distance, cosine, sample }: ToldHit): SimilarSample {
  const { clipId, filename, genre, group, tags, licence, author, source, url, durationSeconds, metadata } = sample;
  return { clipId, filename, genre, group, tags, licence, author, source, url, durationSeconds, metadata, distance, similarity: cosine };
}

export function noIndexOf(embedder: string): EarshotError {
  return unavailable(`The library has no index of ${embedder} yet: POST /api/v1/library/index-rebuilds with { "embedder": "${embedder}" }`);
}
