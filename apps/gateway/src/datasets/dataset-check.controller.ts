import { checkDatasetJob, endingsOf } from '@earshot/contracts';
import { Controller, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { idempotencyKey, prefer } from '../docs/shared-parts.js';
import { jobProblems, workAnswers, workHeaders } from '../docs/work-parts.js';
import type { Answer } from '../requests/answer.js';
import { QueryOf } from '../requests/query.js';
import { termsOf } from '../work/terms.js';
import { WorkService } from '../work/work.service.js';
import { WorkAnswers } from '../work/work-answers.js';
import { datasetParam } from './dataset-parts.js';
import { datasetNameOf } from './dataset-resource.js';

const checkQuery = checkDatasetJob.input.omit({ dataset: true });

/** The same work as `POST /api/v1/dataset-checks`, asked for where the dataset is. */
@Controller('api/v1/datasets/:name/check')
export class DatasetCheckController {
  constructor(
    private readonly work: WorkService,
    private readonly answers: WorkAnswers,
  ) {}

  @Operation({
    id: 'checkDataset',
    tag: 'Datasets',
    summary: checkDatasetJob.summary,
    description: checkDatasetJob.description,
    query: checkQuery,
    requestHeaders: [idempotencyKey, prefer],
    answers: workAnswers('DatasetCheckJob', 'DatasetCheckResult', null),
    problemHeaders: workHeaders,
    problems: ['REQUEST_INVALID', 'IDEMPOTENCY_MISMATCH', ...checkDatasetJob.problems, ...jobProblems, ...endingsOf(checkDatasetJob)],
  })
  @datasetParam
  @Post()
  async check(
    @Param('name') text: string,
    @QueryOf(checkQuery) query: z.output<typeof checkQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    const terms = termsOf(request);
    const outcome = await this.work.onDataset(checkDatasetJob, { dataset: datasetNameOf(text), ...query }, terms);
    return this.answers.answerOf(outcome, request, terms);
  }
}
