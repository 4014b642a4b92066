import { describeClips, describeJob, describeRequest } from '@earshot/contracts';
import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { filesBody, idempotencyKey, prefer, uploadProblems, waitedProblems, workAnswers, workBody } from '../docs/shared-parts.js';
import { workQuery } from '../work/work-query.js';
import { WorkRequests } from '../work/work-requests.js';

const describeQuery = z.strictObject({
  ...workQuery,
  spectrogram: z
    .enum(['true', 'false'])
    .optional()
    .meta({ description: '`true` also draws the spectrogram, for `GET /api/v1/clips/{id}/spectrogram`' }),
});

@Controller('api/v1/descriptions')
export class DescriptionsController {
  constructor(private readonly requests: WorkRequests) {}

  @Operation({
    id: 'createDescription',
    tag: 'Descriptions',
    summary: describeJob.summary,
    description:
      'Takes files, ids of clips that are stored already, or one `{"clipId": …, "customId": …}` a line (`application/jsonl`) for jobs of up to 1,000,000 items. Options stand in the query, or in a JSON body beside the ids.',
    requestHeaders: [idempotencyKey, prefer],
    body: { ...filesBody, ...workBody('DescribeRequest') },
    answers: workAnswers('DescriptionResult'),
    problems: [...uploadProblems, 'CLIP_NOT_FOUND', ...waitedProblems, ...describeClips.itemErrors],
  })
  @Post()
  create(
    @Req() request: Request,
    @Res() response: Response,
    @Query({ schema: describeQuery }) { spectrogram, ...wishes }: z.output<typeof describeQuery>,
  ): Promise<void> {
    const options = spectrogram === undefined ? {} : { spectrogram: spectrogram === 'true' };
    return this.requests.take(request, response, { job: describeJob, options, wishes, body: describeRequest });
  }
}
