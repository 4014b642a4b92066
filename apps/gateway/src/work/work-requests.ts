import type { ClipIdsRequest, Job, JobInput } from '@earshot/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import { ClipsService } from '../clips/clips.service.js';
import { contentTypeOf } from '../requests/content-type.js';
import { parse } from '../requests/parse.js';
import { BODY_LIMITS } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { askingOf } from './asking.js';
import { clipsWorkOfJson } from './clips-of-json.js';
import { clipsWorkOfLines } from './clips-of-lines.js';
import { WorkService } from './work.service.js';
import type { WorkWishes } from './work-query.js';

/** A route that takes work: its job, its options by query, and its JSON body, in which they may stand beside the clip ids. */
export interface WorkRoute<J extends Job> {
  job: J;
  /** The options that the query gave, in the job's own form. */
  options: object;
  wishes: WorkWishes;
  body: z.ZodType<ClipIdsRequest>;
  /** Refuses options that have the right shape and yet cannot be. */
  check?: (input: JobInput<J>) => void;
}

/** Takes requests for work in each of their three forms: files, clip ids in JSON, or one clip a line. */
@Injectable()
export class WorkRequests {
  constructor(
    private readonly clips: ClipsService,
    private readonly work: WorkService,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  async take<J extends Job>(request: Request, response: Response, { job, options, wishes, body, check }: WorkRoute<J>): Promise<void> {
    const type = contentTypeOf(request, ['multipart/form-data', 'application/json', 'application/jsonl']);
    const asking = askingOf(request, response, wishes);
    const inputOf = (more: object): JobInput<J> => {
      const input = parse<J['input']>(job.input, { ...options, ...more });
      check?.(input);
      return input;
    };
    if (type === 'application/json') {
      const { work, more } = await clipsWorkOfJson(request, body, this.limits);
      await this.work.overClips(job, inputOf(more), work, asking);
      return;
    }
    const input = inputOf({}); // known to be good before any byte is stored
    if (type === 'multipart/form-data') await this.work.overFiles(job, input, await this.clips.receive(request), asking);
    else await this.work.overClips(job, input, clipsWorkOfLines(request, this.limits), asking);
  }
}
