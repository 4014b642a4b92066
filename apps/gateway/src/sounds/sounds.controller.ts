import { endingsOf, explainSoundsJob } from '@earshot/contracts';
import { Controller, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { oldForm, oldScoringOperation } from '../old-clients/old-operation.js';
import { OldStatus } from '../old-clients/old-status.interceptor.js';
import { type Answer, ok } from '../requests/answer.js';
import { SoundsService } from './sounds.service.js';

const operation = {
  ...oldScoringOperation(json('SoundInference'), { job: 'SoundExplanationJob', problems: endingsOf(explainSoundsJob) }),
  tag: 'Sound system',
  body: { ...json('SoundInferenceRequest'), ...oldForm('file') },
};

/** The route of the old system of environmental sounds, under its own path and under ours. */
@UseInterceptors(OldStatus)
@Controller()
export class SoundsController {
  constructor(private readonly sounds: SoundsService) {}

  @Operation({
    ...operation,
    id: 'inferSound',
    summary: 'Tells what a recording of up to 10 MB sounds like, with what the layers made of it',
  })
  @Post('inference')
  infer(@Req() request: Request): Promise<Answer> {
    return this.explained(request);
  }

  @Operation({ ...operation, id: 'explainSound', summary: 'The same as `POST /inference`' })
  @Post('api/v1/sounds/explain')
  explain(@Req() request: Request): Promise<Answer> {
    return this.explained(request);
  }

  private async explained(request: Request): Promise<Answer> {
    const told = await this.sounds.explain(request);
    return 'instead' in told ? told.instead : ok(told.explained);
  }
}
