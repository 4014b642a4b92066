import { EarshotError } from '@earshot/contracts';
import { Controller, Get, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { oldForm, oldScoringOperation } from '../old-clients/old-operation.js';
import { OldStatus, oldStatusOf } from '../old-clients/old-status.interceptor.js';
import { type Answer, ok } from '../requests/answer.js';
import { KeywordsService } from './keywords.service.js';
import { failurePage, transcriptionPage } from './transcription-page.js';

const tag = 'Keyword system';
const page = { 'text/html': { schema: { type: 'string' as const } } };

/** The routes of the old keyword system, whose clients run unchanged. */
@UseInterceptors(OldStatus)
@Controller()
export class KeywordsController {
  constructor(private readonly keywords: KeywordsService) {}

  @Operation({
    ...oldScoringOperation({ ...page, ...json('KeywordPrediction') }),
    problemContent: page,
    id: 'transcribe',
    tag,
    summary: 'Tells the keyword of a recording, as a page or as JSON',
    body: oldForm('file'),
  })
  @Post('transcribe')
  async transcribe(@Req() request: Request): Promise<Answer> {
    const isPage = request.accepts(['html', 'json']) !== 'json';
    try {
      const told = await this.keywords.single(request);
      if ('instead' in told) return told.instead;
      return isPage ? pageAnswer(200, transcriptionPage(told.filename, told.heard)) : ok(told.heard, { Vary: 'Accept' });
    } catch (error) {
      if (isPage && error instanceof EarshotError) return pageAnswer(oldStatusOf(error.code), failurePage(error));
      throw error;
    }
  }

  @Operation({
    ...oldScoringOperation(json('KeywordPrediction')),
    id: 'predictKeyword',
    tag,
    summary: 'Tells the keyword of a recording of up to 10 s and 10 MB',
    body: oldForm('file'),
  })
  @Post('api/predict')
  async predict(@Req() request: Request): Promise<Answer> {
    const told = await this.keywords.single(request);
    return 'instead' in told ? told.instead : ok(told.heard);
  }

  @Operation({
    ...oldScoringOperation(json('KeywordBatch')),
    id: 'predictKeywords',
    tag,
    summary: 'Tells the keywords of several recordings; a bad one costs the others nothing',
    body: oldForm('files'),
  })
  @Post('api/batch-predict')
  async predictBatch(@Req() request: Request): Promise<Answer> {
    const told = await this.keywords.batch(request);
    return 'instead' in told ? told.instead : ok(told);
  }

  @Operation({
    id: 'getKeywordHealth',
    tag,
    summary: 'Tells whether there is a model, and how much has been asked of it',
    answers: { 200: { description: 'The state', content: json('KeywordHealth') } },
    problems: [],
  })
  @Get('health')
  async health(): Promise<Answer> {
    return ok(await this.keywords.health());
  }

  @Operation({
    id: 'getKeywordMetrics',
    tag,
    summary: 'Counts what these routes have answered since installation',
    answers: { 200: { description: 'The counts', content: json('KeywordMetrics') } },
    problems: [],
  })
  @Get('api/metrics')
  async metrics(): Promise<Answer> {
    return ok(await this.keywords.metrics());
  }

  @Operation({
    id: 'getKeywordModel',
    tag,
    summary: 'Shows the model that answers',
    answers: { 200: { description: 'The model', content: json('KeywordModelInfo') } },
    problems: ['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'MODEL_INVALID', 'BLOB_LOST'],
    statusOf: oldStatusOf,
  })
  @Get('api/model-info')
  async modelInfo(): Promise<Answer> {
    return ok(await this.keywords.modelInfo());
  }
}

function pageAnswer(status: number, page: string): Answer {
  return { status, headers: { Vary: 'Accept' }, body: { bytes: Buffer.from(page), type: 'text/html; charset=utf-8' } };
}
