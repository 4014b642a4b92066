import { describeClips, EarshotError, type JobResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { etagHeader, idempotencyKey, ifNoneMatch, json, linkHeader, prefer, waitedProblems, workAnswers } from '../docs/shared-parts.js';
import { send } from '../requests/answer.js';
import { etagOf, matches } from '../requests/etag.js';
import { jobIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
import { askingOf } from '../work/asking.js';
import { WorkService } from '../work/work.service.js';
import { JobLists } from './job-lists.js';
import { type ItemsQuery, itemsQuery, type JobsQuery, jobsQuery } from './job-queries.js';
import { jobResource } from './job-resource.js';
import { readResult } from './result.js';
import { sendItems } from './send-items.js';
import { sendPage } from './send-page.js';

@Controller('api/v1/jobs')
export class JobsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly lists: JobLists,
    private readonly work: WorkService,
  ) {}

  @Operation({
    id: 'listJobs',
    tag: 'Jobs',
    summary: 'Lists jobs, newest first',
    answers: { 200: { description: 'A page of jobs', content: json('JobPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@Query({ schema: jobsQuery }) query: JobsQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendPage(request, response, await this.lists.jobs(query));
  }

  @Operation({
    id: 'getJob',
    tag: 'Jobs',
    summary: 'Shows a job, whatever became of it',
    idOf: 'job',
    requestHeaders: [ifNoneMatch],
    answers: {
      200: { description: 'The job', content: json('Job'), headers: etagHeader },
      304: { description: 'Nothing has changed', headers: etagHeader },
    },
    problems: ['JOB_NOT_FOUND'],
  })
  @Get(':id')
  async get(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const body = JSON.stringify(jobResource(await this.workspace.jobs.get(jobIdOf(id))));
    const etag = etagOf(body);
    response.setHeader('ETag', etag).setHeader('Cache-Control', 'no-cache');
    if (matches(request.get('if-none-match'), etag)) response.status(304).end();
    else send(response, { status: 200, body });
  }

  @Operation({
    id: 'listJobItems',
    tag: 'Jobs',
    summary: 'Lists the items of a job with their results',
    description:
      'As JSON: a page. As JSON lines or CSV (by `Accept`): every item from the cursor on, whatever `limit` says. CSV cells that a spreadsheet would take for formulas begin with an apostrophe.',
    idOf: 'job',
    answers: {
      200: {
        description: 'Items in the order of their indexes',
        content: {
          ...json('DescriptionItemPage'),
          'application/jsonl': { schema: schemaRef('DescriptionItem') },
          'text/csv': { schema: { type: 'string' } },
        },
        headers: linkHeader,
      },
    },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'JOB_NOT_FOUND'],
  })
  @Get(':id/items')
  async items(
    @Param('id') id: string,
    @Query({ schema: itemsQuery }) query: ItemsQuery,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const job = await this.workspace.jobs.get(jobIdOf(id));
    await sendItems(request, response, { job, query, lists: this.lists });
  }

  @Operation({
    id: 'getJobResult',
    tag: 'Jobs',
    summary: 'The result of a job that succeeded',
    description: 'A job that failed answers with the problem that it failed with.',
    idOf: 'job',
    answers: { 200: { description: 'Counts and the first items', content: json('DescriptionResult') } },
    problems: ['JOB_NOT_FOUND', ...waitedProblems, 'JOB_NOT_FINISHED', ...describeClips.itemErrors],
  })
  @Get(':id/result')
  async result(@Param('id') id: string, @Res() response: Response): Promise<void> {
    send(response, { status: 200, body: await readResult(this.workspace, jobIdOf(id)) });
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
  @HttpCode(200)
  async cancel(@Param('id') id: string): Promise<JobResource> {
    const jobId = jobIdOf(id);
    const hasEndedNow = await this.workspace.jobs.cancel(jobId);
    const job = await this.workspace.jobs.get(jobId);
    if (!hasEndedNow && job.state !== 'cancelled') throw new EarshotError('JOB_FINISHED', `Job ${jobId} is ${job.state}`);
    return jobResource(job);
  }

  @Operation({
    id: 'retryJob',
    tag: 'Jobs',
    summary: 'Makes a new job of the failed items of an ended one',
    idOf: 'job',
    requestHeaders: [idempotencyKey, prefer],
    answers: workAnswers('DescriptionResult'),
    problems: ['REQUEST_INVALID', 'JOB_NOT_FOUND', 'JOB_NOT_FINISHED', 'NOTHING_TO_RETRY', 'IDEMPOTENCY_MISMATCH', ...waitedProblems],
  })
  @Post(':id/retry')
  async retry(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    await this.work.again(jobIdOf(id), askingOf(request, response));
  }
}
