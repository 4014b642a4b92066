import type { Workspace } from '@earshot/database';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ItemsDownload } from '../jobs/items-answer.js';
import { jobPath } from '../jobs/job-resource.js';
import { type Answer, failed } from '../requests/answer.js';
import { resultFormOf } from '../requests/items-form.js';
import { WORKSPACE } from '../tokens.js';
import type { Terms } from './terms.js';
import type { WorkOutcome } from './work.service.js';

/** How a request for work is answered: 202 with the job, 200 with the result that was waited for, or the problem that it has instead. */
@Injectable()
export class WorkAnswers {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly items: ItemsDownload,
  ) {}

  async answerOf(outcome: WorkOutcome, request: Request, { waitSeconds }: Terms): Promise<Answer> {
    const { jobId, isReplayed } = outcome;
    const isWaited = !('job' in outcome);
    const headers = {
      Location: jobPath(jobId),
      ...(isReplayed ? { 'Idempotency-Replayed': 'true' } : {}),
      ...(waitSeconds === null ? {} : { 'Preference-Applied': isWaited ? `wait=${waitSeconds}` : 'respond-async' }),
    };
    if ('job' in outcome) return { status: 202, headers: { ...headers, 'Retry-After': 1 }, body: { json: outcome.job } };
    if ('problem' in outcome) return failed(outcome.problem, headers);
    const form = resultFormOf(request, outcome.result);
    if (form === 'application/json') return { status: 200, headers: { ...headers, Vary: 'Accept' }, body: { json: outcome.result } };
    const download = this.items.answer(await this.workspace.jobs.get(jobId), form);
    return { ...download, headers: { ...download.headers, ...headers } };
  }
}
