import { extractFeatures, featuresJob, featuresRequest, type ProfileChoice } from '@earshot/contracts';
import { defineProfile, getProfile } from '@earshot/features';
import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { filesBody, idempotencyKey, prefer, uploadProblems, waitedProblems, workAnswers, workBody } from '../docs/shared-parts.js';
import { workQuery } from '../work/work-query.js';
import { WorkRequests } from '../work/work-requests.js';

const featuresQuery = z.strictObject({
  ...workQuery,
  profiles: z
    .string()
    .max(700)
    .optional()
    .meta({ description: 'Named profiles, with commas between them', example: 'talent-37@1,electro-45@1' }),
});

@Controller('api/v1/features')
export class FeaturesController {
  constructor(private readonly requests: WorkRequests) {}

  @Operation({
    id: 'createFeatures',
    tag: 'Features',
    summary: featuresJob.summary,
    description:
      'Takes files, ids of stored clips, or one clip a line, as `POST /api/v1/descriptions` does. Profiles are named in the query, or in a JSON body beside the ids, where they may also be defined by you. Vectors that are known already are not computed again.',
    requestHeaders: [idempotencyKey, prefer],
    body: { ...filesBody, ...workBody('FeaturesRequest') },
    answers: workAnswers('FeaturesResult'),
    problems: [...uploadProblems, 'CLIP_NOT_FOUND', 'PROFILE_NOT_FOUND', ...waitedProblems, ...extractFeatures.itemErrors],
  })
  @Post()
  create(
    @Req() request: Request,
    @Res() response: Response,
    @Query({ schema: featuresQuery }) { profiles, ...wishes }: z.output<typeof featuresQuery>,
  ): Promise<void> {
    const options = profiles === undefined ? {} : { profiles: profiles.split(',').map((name) => name.trim()) };
    return this.requests.take(request, response, {
      job: featuresJob,
      options,
      wishes,
      body: featuresRequest,
      check: ({ profiles: choices }) => choices.forEach(checkProfile),
    });
  }
}

function checkProfile(choice: ProfileChoice): void {
  if (typeof choice === 'string') getProfile(choice);
  else defineProfile(choice);
}
