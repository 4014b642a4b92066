import { EarshotError, type JobResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { send } from '../requests/answer.js';
import { etagOf, matches } from '../requests/etag.js';
import { jobIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
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
  ) {}

  @Get()
  async list(@Query({ schema: jobsQuery }) query: JobsQuery, @Req() request: Request, @Res() response: Response): Promise<void> {
    sendPage(request, response, await this.lists.jobs(query));
  }

  @Get(':id')
  async get(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const body = JSON.stringify(jobResource(await this.workspace.jobs.get(jobIdOf(id))));
    const etag = etagOf(body);
    response.setHeader('ETag', etag).setHeader('Cache-Control', 'no-cache');
    if (matches(request.get('if-none-match'), etag)) response.status(304).end();
    else send(response, { status: 200, body });
  }

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

  @Get(':id/result')
  async result(@Param('id') id: string, @Res() response: Response): Promise<void> {
    send(response, { status: 200, body: await readResult(this.workspace, jobIdOf(id)) });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  async cancel(@Param('id') id: string): Promise<JobResource> {
    const jobId = jobIdOf(id);
    const hasEndedNow = await this.workspace.jobs.cancel(jobId);
    const job = await this.workspace.jobs.get(jobId);
    if (!hasEndedNow && job.state !== 'cancelled') throw new EarshotError('JOB_FINISHED', `Job ${jobId} is ${job.state}`);
    return jobResource(job);
  }
}
