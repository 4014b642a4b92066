import { type ErrorCode, endingsOf, type Kind } from '@earshot/contracts';
import { Controller, Post, Req, type Type } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { idempotencyKey, jsonProblems, prefer } from '../docs/shared-parts.js';
import { clipsBody, filesBody, jobProblems, optionsBody, tagOf, uploadProblems, workAnswers, workHeaders } from '../docs/work-parts.js';
import type { Answer } from '../requests/answer.js';
import { QueryOf } from '../requests/query.js';
import { type WorkQuery, workQueryOf } from './work-query.js';
import { WorkRequests } from './work-requests.js';

/** The routes that take one kind of work, made of its contract alone. */
export function workController(kind: Kind): Type {
  return kind.over === 'clips' ? overClips(kind) : overNothing(kind);
}

function overClips(kind: Kind): Type {
  const workQuery = workQueryOf(kind);

  @Controller(`api/v1/${kind.route}`)
  class ClipsWorkController {
    constructor(readonly requests: WorkRequests) {}

    @Operation({
      ...operationOf(kind, [...uploadProblems, 'PRIORITY_REFUSED', 'CLIP_NOT_FOUND']),
      id: `create${kind.noun}`,
      summary: kind.summary,
      description: `${kind.description} Takes files; ids of stored clips are taken here too, as at \`POST /api/v1/${kind.route}/clips\`.`,
      query: workQuery,
      body: filesBody(kind),
    })
    @Post()
    create(@Req() request: Request, @QueryOf(workQuery) query: WorkQuery): Promise<Answer> {
      return this.requests.take(kind, request, query, ['multipart/form-data', 'application/json', 'application/jsonl']);
    }

    @Operation({
      ...operationOf(kind, clipsProblems),
      id: `create${kind.noun}OfClips`,
      summary: `${kind.summary} (clips that are stored already)`,
      description: `${kind.description} Clips are named by a list of ids, or one a line (\`application/jsonl\`) in jobs of up to 1,000,000 items. Options stand in the query, or in JSON beside the ids.`,
      query: workQuery,
      body: clipsBody(kind),
    })
    @Post('clips')
    createOfClips(@Req() request: Request, @QueryOf(workQuery) query: WorkQuery): Promise<Answer> {
      return this.requests.take(kind, request, query, ['application/json', 'application/jsonl']);
    }
  }
  return ClipsWorkController;
}

function overNothing(kind: Kind): Type {
  const workQuery = workQueryOf(kind);

  @Controller(`api/v1/${kind.route}`)
  class WorkController {
    constructor(readonly requests: WorkRequests) {}

    @Operation({
      ...operationOf(kind, workProblems),
      id: `create${kind.noun}`,
      summary: kind.summary,
      description: `${kind.description} Options stand in the query, or in the body.`,
      query: workQuery,
      body: optionsBody(kind),
      isBodyOptional: true,
    })
    @Post()
    create(@Req() request: Request, @QueryOf(workQuery) query: WorkQuery): Promise<Answer> {
      return this.requests.take(kind, request, query, ['application/json']);
    }
  }
  return WorkController;
}

const workProblems: ErrorCode[] = [...jsonProblems, 'PRIORITY_REFUSED', 'IDEMPOTENCY_MISMATCH'];
const clipsProblems: ErrorCode[] = [...workProblems, 'TOO_MANY_FILES', 'CLIP_NOT_FOUND'];

function operationOf(kind: Kind, problems: ErrorCode[]) {
  return {
    tag: tagOf(kind),
    requestHeaders: [idempotencyKey, prefer],
    answers: workAnswers(`${kind.noun}Job`, `${kind.noun}Result`, kind.over === 'clips' ? `${kind.noun}Item` : null),
    problemHeaders: workHeaders,
    problems: [...new Set([...problems, ...(kind.problems ?? []), ...jobProblems, ...endingsOf(kind)])],
  };
}
