import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { OldStatus, oldStatusOf } from '../old-clients/old-status.interceptor.js';
import { type Answer, ok } from '../requests/answer.js';
import { talentTag as tag } from './talent-tag.js';
import { TalentTraining } from './talent-training.service.js';

/** The old talent system's training: it is started, and polled. */
@UseInterceptors(OldStatus)
@Controller('api/v1')
export class TalentTrainingController {
  constructor(private readonly training: TalentTraining) {}

  @Operation({
    id: 'retrainTalent',
    tag,
    summary: 'Trains on what was uploaded; the new version takes over when it ends well',
    description:
      'While a training goes on, that one is answered, to all who ask at once: it needs no idempotency key. The run is also at `/api/v1/runs/{training_id}`.',
    body: json('TalentRetrain'),
    isBodyOptional: true,
    answers: { 200: { description: 'The training', content: json('TalentRetrainStarted') } },
    problems: [
      'BODY_MALFORMED',
      'BODY_TRUNCATED',
      'BODY_TOO_LARGE',
      'DATASET_TOO_SMALL',
      'BACKLOG_FULL',
      'CLASSIFIER_NOT_FOUND',
      'ALIAS_NOT_FOUND',
      'MODEL_VERSION_NOT_FOUND',
    ],
    statusOf: oldStatusOf,
  })
  @Post('retrain')
  async retrain(@Req() request: Request): Promise<Answer> {
    return ok(await this.training.retrain(request));
  }

  @Operation({
    id: 'getTalentTrainStatus',
    tag,
    summary: 'Tells how far the newest training is',
    answers: { 200: { description: 'The state', content: json('TalentTrainStatus') } },
    problems: [],
  })
  @Get('train-status')
  async newest(): Promise<Answer> {
    return ok(await this.training.status());
  }

  @Operation({
    id: 'getTalentTrainStatusOf',
    tag,
    summary: 'Tells how far a training is',
    answers: { 200: { description: 'The state', content: json('TalentTrainStatus') } },
    problems: ['JOB_NOT_FOUND'],
  })
  @ApiParam({ name: 'id', description: '`training_id`', schema: { type: 'string', format: 'uuid' } })
  @Get('train-status/:id')
  async one(@Param('id') id: string): Promise<Answer> {
    return ok(await this.training.status(id));
  }
}
