import { EarshotError, type ItemResource, isErrorCode, type OldSampleSearch, searchSamplesJob, similarSamples } from '@earshot/contracts';
import { getEmbedder } from '@earshot/learning';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { OldTerms } from '../old-clients/old-terms.js';
import { OldWork } from '../old-clients/old-work.service.js';
import type { Answer } from '../requests/answer.js';
import { BODY_LIMITS } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';

interface Asked {
  n_results: number;
  embedder: string;
}

/** What the old sample search did, done by the index of the library. */
@Injectable()
export class OldSampleSearchService {
  constructor(
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly clips: ClipsService,
    private readonly work: OldWork,
    private readonly terms: OldTerms,
  ) {}

  async search(request: Request, { n_results: n, embedder }: Asked): Promise<{ found: OldSampleSearch } | { instead: Answer }> {
    getEmbedder(embedder);
    const terms = this.terms.of(request);
    const { files } = await this.clips.receive(request, { fields: [] }, this.limits);
    const [file, more] = files;
    if (file === undefined || more !== undefined) throw new EarshotError('REQUEST_INVALID', `One file is taken here, not ${files.length}`);
    const items = await this.work.onFiles(searchSamplesJob, { n, embedder, foldCopies: false }, files, { request, terms });
    return Array.isArray(items) ? { found: foundIn(items, file.filename) } : items;
  }
}

function foundIn([item]: readonly ItemResource[], query: string): OldSampleSearch {
  if (item?.state !== 'succeeded') {
    const { code, detail } = item?.error ?? { code: 'INTERNAL', detail: 'Nothing came of the file' };
    throw new EarshotError(isErrorCode(code) ? code : 'INTERNAL', detail);
  }
  const { results, metric, indexVersion, embedder } = similarSamples.parse(item.result);
  return {
    query,
    n_results: results.length,
    results: results.map(
      ({ clipId, filename, genre, distance, similarity, tags, licence, author, source, url, durationSeconds, metadata }) => ({
        id: clipId,
        filename,
        genre,
        distance,
        similarity,
        metadata: { ...metadata, tags, licence, author, source, url, duration: durationSeconds },
      }),
    ),
    metric,
    index_version: indexVersion,
    embedder,
  };
}
