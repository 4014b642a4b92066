import { similarQuery, similarToVector } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { SampleSearch, type SimilarQuery } from '@earshot/vectors';
import { Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { parsedJson } from '../requests/parsed-json.js';
import { clipIdOf } from '../requests/path-id.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';

const query = z.strictObject(similarQuery);

/** What sounds like something whose vector is known: answered at once, for nothing is to be computed. */
@Controller('api/v1/library')
export class SimilarSamplesController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly search: SampleSearch,
  ) {}

  @Operation({
    id: 'listSimilarSamples',
    tag: 'Library',
    summary: 'Finds the samples that sound like one of the library: itself first',
    idOf: 'clip',
    query,
    answers: { 200: { description: 'Most similar first', content: json('SimilarSamples') } },
    problems: ['CLIP_NOT_FOUND', 'SAMPLE_NOT_FOUND', 'NOT_COMPUTED', 'EMBEDDER_NOT_FOUND', 'INDEX_UNAVAILABLE'],
  })
  @Get('clips/:id/similar')
  async similar(@Param('id') id: string, @QueryOf(query) asked: SimilarQuery): Promise<Answer> {
    return ok(await this.search.likeSample(this.workspace.id, clipIdOf(id), asked));
  }

  @Operation({
    id: 'searchByVector',
    tag: 'Library',
    summary: "Finds the samples that sound like a vector of the embedder's profile",
    description: 'The vector is what `POST /api/v1/features` computes, or any other of its length; all else as with a search by clips.',
    body: { 'application/json': { schema: schemaRef('SimilarToVector') } },
    answers: { 200: { description: 'Most similar first', content: json('SimilarSamples') } },
    problems: ['BODY_MALFORMED', 'BODY_TRUNCATED', 'BODY_TOO_LARGE', 'TYPE_UNSUPPORTED', 'EMBEDDER_NOT_FOUND', 'INDEX_UNAVAILABLE'],
  })
  @HttpCode(200)
  @Post('search/vector')
  async byVector(@Req() request: Request): Promise<Answer> {
    const { vector, ...asked } = await parsedJson(request, similarToVector, this.limits);
    return ok(await this.search.likeVector(this.workspace.id, Float32Array.from(vector), asked));
  }
}
