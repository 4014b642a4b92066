import { readFileSync } from 'node:fs';
import { Controller, Get, Inject, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { uploadProblems } from '../docs/work-parts.js';
import type { OldClientSettings } from '../old-clients/old-client-settings.js';
import { oldForm, oldScoringOperation } from '../old-clients/old-operation.js';
import { OldStatus, oldStatusOf } from '../old-clients/old-status.interceptor.js';
import { type Answer, ok } from '../requests/answer.js';
import { OLD_CLIENT_SETTINGS } from '../tokens.js';
import { TalentFeatures } from './talent-features.service.js';
import { TalentModel } from './talent-model.service.js';
import { TalentPredictions } from './talent-predictions.service.js';
import { talentTag as tag } from './talent-tag.js';
import { TalentUploads } from './talent-uploads.service.js';

const { version: ownVersion } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const noModel = ['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND'] as const;

/** The routes of the old talent system, whose clients run unchanged; its training is in the other controller. */
@UseInterceptors(OldStatus)
@Controller()
export class TalentController {
  constructor(
    @Inject(OLD_CLIENT_SETTINGS) private readonly settings: Pick<OldClientSettings, 'API_VERSION'>,
    private readonly model: TalentModel,
    private readonly predictions: TalentPredictions,
    private readonly uploads: TalentUploads,
    private readonly features: TalentFeatures,
  ) {}

  @Operation({
    id: 'getVersion',
    tag,
    summary: 'Tells the version of the service',
    answers: {
      200: {
        description: 'The version',
        content: { 'application/json': { schema: { type: 'object', required: ['version'], properties: { version: { type: 'string' } } } } },
      },
    },
    problems: [],
  })
  @Get('version')
  version(): Answer {
    return ok({ version: this.ownOrSetVersion });
  }

  @Operation({
    id: 'getTalentHealth',
    tag,
    summary: 'Tells whether there is a model',
    answers: { 200: { description: 'The state', content: json('TalentHealth') } },
    problems: [],
  })
  @Get('api/v1/health')
  async health(): Promise<Answer> {
    const isLoaded = (await this.model.find()) !== null;
    const status = isLoaded ? 'healthy' : 'degraded';
    return ok({ status, model_loaded: isLoaded, timestamp: new Date().toISOString(), version: this.ownOrSetVersion });
  }

  @Operation({
    id: 'getTalentModel',
    tag,
    summary: 'Shows the model that answers',
    answers: { 200: { description: 'The model', content: json('TalentModelInfo') } },
    problems: [],
  })
  @Get('api/v1/model-info')
  async modelInfo(): Promise<Answer> {
    return ok(await this.model.describe());
  }

  @Operation({
    id: 'getTalentMetrics',
    tag,
    summary: 'Tells what the model was measured at on held-out clips',
    answers: { 200: { description: 'The figures', content: json('TalentMetrics') } },
    problems: [...noModel],
    statusOf: oldStatusOf,
  })
  @Get('api/v1/model-metrics')
  async metrics(): Promise<Answer> {
    return ok(await this.model.metrics());
  }

  @Operation({
    ...oldScoringOperation(json('TalentPrediction')),
    id: 'predictTalent',
    tag,
    summary: 'Tells whether a voice is good',
    body: oldForm('file'),
  })
  @Post('api/v1/predictions/single')
  async single(@Req() request: Request): Promise<Answer> {
    const told = await this.predictions.single(request);
    return 'instead' in told ? told.instead : ok(told);
  }

  @Operation({
    ...oldScoringOperation(json('TalentBatch')),
    id: 'predictTalents',
    tag,
    summary: 'Tells of several voices whether they are good; a bad file costs the others nothing',
    body: oldForm('files'),
  })
  @Post('api/v1/predictions/batch')
  async batch(@Req() request: Request): Promise<Answer> {
    const told = await this.predictions.batch(request);
    return 'instead' in told ? told.instead : ok(told);
  }

  @Operation({
    id: 'uploadTalentData',
    tag,
    summary: 'Takes recordings to train on, into the dataset `uploads`',
    description: 'A label is what `labels` says, else the prefix `good_` or `bad_` of the name.',
    body: oldForm('files', { labels: { type: 'string', description: 'good or bad of each file, with commas between them' } }),
    answers: { 200: { description: 'What was taken', content: json('TalentUpload') } },
    problems: uploadProblems,
    statusOf: oldStatusOf,
  })
  @Post('api/v1/upload-data')
  async upload(@Req() request: Request): Promise<Answer> {
    return ok(await this.uploads.take(request));
  }

  @Operation({
    id: 'getTalentFeatureInfo',
    tag,
    summary: 'Explains the features, and what those of uploaded clips come to by label',
    answers: { 200: { description: 'By feature', content: json('TalentFeatureInfo') } },
    problems: ['STORAGE_UNAVAILABLE'],
  })
  @Get('api/v1/visualizations/feature-info')
  async featureInfo(): Promise<Answer> {
    return ok(await this.features.describe());
  }

  private get ownOrSetVersion(): string {
    return this.settings.API_VERSION ?? ownVersion;
  }
}
