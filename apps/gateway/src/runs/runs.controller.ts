import { jobState, type RunClip, type RunComparison, type RunResource, runParts } from '@earshot/contracts';
import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { json, linkHeader } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { type Page, pageAnswer, paging } from '../requests/paging.js';
import { jobIdOf } from '../requests/path-id.js';
import { QueryOf } from '../requests/query.js';
import { comparisonOf } from './run-resource.js';
import { RunsService } from './runs.service.js';

const runsQuery = z.strictObject({ state: jobState.optional(), ...paging });

const clipsQuery = z.strictObject({ part: z.enum(runParts).optional(), label: z.string().max(200).optional(), ...paging });

const comparisonQuery = z.strictObject({ ids: z.array(z.uuid()).min(2).max(10).meta({ description: 'Of the runs' }) });

/** Shows and ends training runs; `POST /runs`, which asks for one, follows from the kind. */
@Controller('api/v1/runs')
export class RunsController {
  constructor(private readonly runs: RunsService) {}

  @Operation({
    id: 'listRuns',
    tag: 'Runs',
    summary: 'Lists training runs, newest first',
    query: runsQuery,
    answers: { 200: { description: 'A page of runs', content: json('TrainingRunPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@QueryOf(runsQuery) query: z.output<typeof runsQuery>, @Req() request: Request): Promise<Answer> {
    return pageAnswer(request, await this.runs.page(query));
  }

  @Operation({
    id: 'compareRuns',
    tag: 'Runs',
    summary: 'Puts runs side by side: what decided them, and what they came to',
    query: comparisonQuery,
    answers: { 200: { description: 'The comparison', content: json('TrainingRunComparison') } },
    problems: ['REQUEST_INVALID', 'JOB_NOT_FOUND'],
  })
  @Get('compare')
  async compare(@QueryOf(comparisonQuery) { ids }: z.output<typeof comparisonQuery>): Promise<Answer<RunComparison>> {
    return ok(comparisonOf(await Promise.all(ids.map((id) => this.runs.get(id)))));
  }

  @Operation({
    id: 'getRun',
    tag: 'Runs',
    summary: 'Shows a training run: what decided it, its epochs, and what it came to',
    idOf: 'job',
    answers: { 200: { description: 'The run', content: json('TrainingRunDetail') } },
    problems: ['JOB_NOT_FOUND'],
  })
  @Get(':id')
  async get(@Param('id') id: string): Promise<Answer<RunResource>> {
    return ok(await this.runs.detail(jobIdOf(id)));
  }

  @Operation({
    id: 'listRunClips',
    tag: 'Runs',
    summary: 'Lists the clips of a run, with what each was used for',
    description: 'In the order of the version of the dataset; none before the run has made its plan.',
    idOf: 'job',
    query: clipsQuery,
    answers: { 200: { description: 'A page of clips', content: json('TrainingRunClipPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'JOB_NOT_FOUND'],
  })
  @Get(':id/clips')
  async clips(
    @Param('id') id: string,
    @QueryOf(clipsQuery) query: z.output<typeof clipsQuery>,
    @Req() request: Request,
  ): Promise<Answer<Page<RunClip>>> {
    return pageAnswer(request, await this.runs.clips(jobIdOf(id), query));
  }

  @Operation({
    id: 'stopRun',
    tag: 'Runs',
    summary: 'Ends the training with its best epoch so far; the run goes on to evaluate and register that',
    description: 'To end a run without a model, cancel its job.',
    idOf: 'job',
    answers: { 200: { description: 'The run, which ends within some seconds', content: json('TrainingRun') } },
    problems: ['JOB_NOT_FOUND', 'JOB_FINISHED'],
  })
  @Post(':id/stop')
  async stop(@Param('id') id: string): Promise<Answer<RunResource>> {
    return ok(await this.runs.stop(jobIdOf(id)));
  }
}
