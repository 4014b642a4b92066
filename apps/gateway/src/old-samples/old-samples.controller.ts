import { columnNames, electro45 } from '@earshot/features';
import { Controller, Get } from '@nestjs/common';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { LibraryStatistics } from '../library/library-stats.service.js';
import { type Answer, ok } from '../requests/answer.js';

/** What the vectors of the old system had, whichever embedder answers its searches. */
const oldDimension = columnNames(electro45).length;

/** The routes of the old sample system, whose clients run unchanged; `GET /` is the index of all. */
@Controller()
export class OldSamplesController {
  constructor(private readonly statistics: LibraryStatistics) {}

  @Operation({
    id: 'getOldSampleStats',
    tag: 'Sample system',
    summary: 'Counts the samples of the library by genre',
    answers: { 200: { description: 'The counts', content: json('OldSampleStats') } },
    problems: [],
  })
  @Get('stats')
  async stats(): Promise<Answer> {
    const { samples, genres, indexes } = await this.statistics.read();
    return ok({
      total_samples: samples,
      genres: Object.fromEntries(genres.flatMap(({ genre, samples }) => (genre === null ? [] : [[genre, samples]]))),
      embedding_dimension: oldDimension,
      indexes: indexes
        .filter(({ state }) => state === 'live')
        .map(({ embedder, dimensions, metric, indexVersion, samples }) => ({
          embedder,
          embedding_dimension: dimensions,
          metric,
          index_version: indexVersion,
          samples,
        })),
    });
  }
}
