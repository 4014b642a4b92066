import { EarshotError, endingsOf, type JobResource, type Kind } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, Inject, Param, Post, Req, type Type } from '@nestjs/common';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { etagHeader, idempotencyKey, ifNoneMatch, json, linkHeader, prefer } from '../docs/shared-parts.js';
import { itemsContent, jobProblems, waitedProblems, workAnswers, workHeaders } from '../docs/work-parts.js';
import { type Answer, failed, ok } from '../requests/answer.js';
import { itemsFormOf, resultFormOf } from '../requests/items-form.js';
import { pageAnswer } from '../requests/paging.js';
import { jobIdOf } from '../requests/path-id.js';
import { QueryOf } from '../requests/query.js';
import { WORKSPACE } from '../tokens.js';
import { termsOf } from '../work/terms.js';
import { WorkService } from '../work/work.service.js';
import { WorkAnswers } from '../work/work-answers.js';
import { ItemsDownload } from './items-answer.js';
import { JobLists } from './job-lists.js';
import { type ItemsQuery, itemsQuery, type JobsQuery, jobsQueryOf } from './job-queries.js';
import { jobResource } from './job-resource.js';
import { readEnding } from './result.js';

/** Shows and steers jobs of these kinds. */
export function jobsController(kinds: readonly Kind[]): Type {
  const jobsQuery = jobsQueryOf(kinds);
  const endings = [...new Set(kinds.flatMap(endingsOf))];

  @Controller('api/v1/jobs')
  class JobsController {
    constructor(
      @Inject(WORKSPACE) readonly workspace: Workspace,
      readonly lists: JobLists,
      readonly items: ItemsDownload,
      readonly work: WorkService,
      readonly answers: WorkAnswers,
    ) {}

    @Operation({
      id: 'listJobs',
      tag: 'Jobs',
      summary: 'Lists jobs, newest first',
      query: jobsQuery,
      answers: { 200: { description: 'A page of jobs', content: json('JobPage'), headers: linkHeader } },
      problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
    })
    @Get()
    async list(@QueryOf(jobsQuery) query: JobsQuery, @Req() request: Request): Promise<Answer> {
      return pageAnswer(request, await this.lists.jobs(query));
    }

    @Operation({
      id: 'getJob',
      tag: 'Jobs',
      summary: 'Shows a job, whatever became of it',
      idOf: 'job',
      requestHeaders: [ifNoneMatch],
      answers: {
        200: { description: 'The job', content: json('Job'), headers: etagHeader },
      },
      problems: ['JOB_NOT_FOUND'],
    })
    @Get(':id')
    async get(@Param('id') id: string): Promise<Answer<JobResource>> {
      const job = jobResource(await this.workspace.jobs.get(jobIdOf(id)));
      return { status: 200, headers: { 'Cache-Control': 'no-cache' }, body: { json: job, isTagged: true } };
    }

    @Operation({
      id: 'listJobItems',
      tag: 'Jobs',
      summary: 'Lists the items of a job with their results',
      description: `As JSON: a page. ${asDownload}`,
      idOf: 'job',
      query: itemsQuery,
      answers: {
        200: { description: 'Items in the order of their indexes', content: itemsContent('ItemPage', 'Item'), headers: linkHeader },
      },
      problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'JOB_NOT_FOUND'],
    })
    @Get(':id/items')
    async listItems(@Param('id') id: string, @QueryOf(itemsQuery) query: ItemsQuery, @Req() request: Request): Promise<Answer> {
      const job = await this.workspace.jobs.get(jobIdOf(id));
      const form = itemsFormOf(request);
      if (form !== 'application/json') return this.items.answer(job, form, query);
      const answer = pageAnswer(request, { kind: job.kind, ...(await this.lists.items(job.id, query)) });
      return { ...answer, headers: { ...answer.headers, Vary: 'Accept' } };
    }

    @Operation({
      id: 'getJobResult',
      tag: 'Jobs',
      summary: 'The result of a job that succeeded',
      description: `A job that failed answers with the problem that it failed with. As JSON: what it came to, and its first items. ${asDownload}`,
      idOf: 'job',
      answers: { 200: { description: 'The result', content: itemsContent('JobResult', 'Item') } },
      problems: ['JOB_NOT_FOUND', ...waitedProblems, 'JOB_NOT_FINISHED', ...endings],
    })
    @Get(':id/result')
    async result(@Param('id') id: string, @Req() request: Request): Promise<Answer> {
      const jobId = jobIdOf(id);
      const ending = await readEnding(this.workspace, jobId);
      if ('problem' in ending) return failed(ending.problem);
      const form = resultFormOf(request, ending.result);
      if (form !== 'application/json') return this.items.answer(await this.workspace.jobs.get(jobId), form);
      return ok(ending.result, { Vary: 'Accept' });
    }

    @Operation({
      id: 'cancelJob',
      tag: 'Jobs',
      summary: 'Cancels a job; what is done of it stays',
      idOf: 'job',
      answers: { 200: { description: 'The cancelled job, also when it was cancelled before', content: json('Job') } },
      problems: ['JOB_NOT_FOUND', 'JOB_FINISHED'],
    })
    @Post(':id/cancel')
    async cancel(@Param('id') id: string): Promise<Answer<JobResource>> {
      const jobId = jobIdOf(id);
      const hasEndedNow = await this.workspace.jobs.cancel(jobId);
      const job = await this.workspace.jobs.get(jobId);
      if (!hasEndedNow && job.state !== 'cancelled') throw new EarshotError('JOB_FINISHED', `Job ${jobId} is ${job.state}`);
      return ok(jobResource(job));
    }

    @Operation({
      id: 'retryJob',
      tag: 'Jobs',
      summary: 'Makes a new job of the failed items of an ended one',
      idOf: 'job',
      requestHeaders: [idempotencyKey, prefer],
      answers: workAnswers('Job', 'JobResult', 'Item'),
      problemHeaders: workHeaders,
      problems: [
        'REQUEST_INVALID',
        'JOB_NOT_FOUND',
        'JOB_NOT_FINISHED',
        'NOTHING_TO_RETRY',
        'IDEMPOTENCY_MISMATCH',
        ...jobProblems,
        ...endings,
      ],
    })
    @Post(':id/retry')
    async retry(@Param('id') id: string, @Req() request: Request): Promise<Answer> {
      const terms = termsOf(request);
      return this.answers.answerOf(await this.work.retry(jobIdOf(id), terms), request, terms);
    }
  }
  return JobsController;
}

const asDownload =
  'As JSON lines or CSV (by `Accept`): every item from the cursor on, whatever `limit` says. CSV cells that a spreadsheet would take for formulas begin with an apostrophe.';
