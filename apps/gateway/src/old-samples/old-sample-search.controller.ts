import { endingsOf, oldSampleQuery, searchSamplesJob } from '@earshot/contracts';
import { Controller, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { oldForm, oldScoringOperation } from '../old-clients/old-operation.js';
import { OldStatus } from '../old-clients/old-status.interceptor.js';
import { type Answer, ok } from '../requests/answer.js';
import { QueryOf } from '../requests/query.js';
import { OldSampleSearchService } from './old-sample-search.service.js';

/** The search of the old sample library, whose clients run unchanged. */
@UseInterceptors(OldStatus)
@Controller()
export class OldSampleSearchController {
  constructor(private readonly samples: OldSampleSearchService) {}

  @Operation({
    ...oldScoringOperation(json('OldSampleSearch'), {
      job: 'SampleSearchJob',
      problems: ['EMBEDDER_NOT_FOUND', ...endingsOf(searchSamplesJob)],
    }),
    id: 'searchOldSamples',
    tag: 'Sample search',
    summary: 'Finds the samples of the library that sound like a file',
    query: oldSampleQuery,
    body: oldForm('file'),
  })
  @Post('search')
  async search(@Req() request: Request, @QueryOf(oldSampleQuery) asked: z.output<typeof oldSampleQuery>): Promise<Answer> {
    const told = await this.samples.search(request, asked);
    return 'instead' in told ? told.instead : ok(told.found);
  }
}
