import { clipIdsRequest, describeClips, describeJob } from '@earshot/contracts';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ClipsService } from '../clips/clips.service.js';
import { Operation } from '../docs/operation.js';
import { clipIdsBody, filesBody, idempotencyKey, prefer, uploadProblems, waitedProblems, workAnswers } from '../docs/shared-parts.js';
import { contentTypeOf } from '../requests/content-type.js';
import { BODY_LIMITS } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { askingOf } from '../work/asking.js';
import { clipsWorkOfJson } from '../work/clips-of-json.js';
import { clipsWorkOfLines } from '../work/clips-of-lines.js';
import { WorkService } from '../work/work.service.js';

@Controller('api/v1/descriptions')
export class DescriptionsController {
  constructor(
    private readonly clips: ClipsService,
    private readonly work: WorkService,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  @Operation({
    id: 'createDescription',
    tag: 'Descriptions',
    summary: describeJob.summary,
    description:
      'Takes files, ids of clips that are stored already, or one `{"clipId": …, "customId": …}` a line (`application/jsonl`) for jobs of up to 1,000,000 items.',
    requestHeaders: [idempotencyKey, prefer],
    body: { ...filesBody, ...clipIdsBody },
    answers: workAnswers('DescriptionResult'),
    problems: [...uploadProblems, 'CLIP_NOT_FOUND', ...waitedProblems, ...describeClips.itemErrors],
  })
  @Post()
  async create(@Req() request: Request, @Res() response: Response): Promise<void> {
    const type = contentTypeOf(request, ['multipart/form-data', 'application/json', 'application/jsonl']);
    const asking = askingOf(request, response);
    if (type === 'multipart/form-data') await this.work.overFiles(describeJob, {}, await this.clips.receive(request), asking);
    else {
      const work =
        type === 'application/json' ? await clipsWorkOfJson(request, clipIdsRequest, this.limits) : clipsWorkOfLines(request, this.limits);
      await this.work.overClips(describeJob, {}, work, asking);
    }
  }
}
