import { datasetChange, newDataset } from '@earshot/contracts';
import type { DatasetRow, Expected, Workspace } from '@earshot/database';
import { Controller, Delete, Get, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { etagHeader, ifMatch, ifNoneMatch, json, jsonProblems, linkHeader } from '../docs/shared-parts.js';
import { type Answer, nothing } from '../requests/answer.js';
import { readCursor } from '../requests/cursor.js';
import { isMeantFor } from '../requests/if-match.js';
import { pageAnswer, pageBy, paging } from '../requests/paging.js';
import { parsedJson } from '../requests/parsed-json.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { datasetParam } from './dataset-parts.js';
import { datasetNameOf, datasetResource, datasetTag } from './dataset-resource.js';

const listQuery = z.strictObject(paging);
const deletion = z.strictObject({
  force: z.boolean().default(false).meta({ description: 'Delete it although models or unfinished jobs go back to its versions' }),
});

@Controller('api/v1/datasets')
export class DatasetsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  @Operation({
    id: 'createDataset',
    tag: 'Datasets',
    summary: 'Makes an empty dataset',
    body: json('NewDataset'),
    answers: { 201: { description: 'The dataset', content: json('Dataset'), headers: etagHeader } },
    problems: [...jsonProblems, 'DATASET_EXISTS'],
  })
  @Post()
  async create(@Req() request: Request): Promise<Answer> {
    const created = await this.workspace.datasets.create(await parsedJson(request, newDataset, this.limits));
    return { ...(await this.shown(created)), status: 201 };
  }

  @Operation({
    id: 'listDatasets',
    tag: 'Datasets',
    summary: 'Lists datasets by their names',
    query: listQuery,
    answers: { 200: { description: 'A page of datasets', content: json('DatasetPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@QueryOf(listQuery) { limit, cursor }: z.output<typeof listQuery>, @Req() request: Request): Promise<Answer> {
    const filters = { list: 'datasets' };
    const rows = await this.workspace.datasets.page(cursor === undefined ? null : readCursor(cursor, filters), limit + 1);
    const shown = { itemOf: (row: DatasetRow) => datasetResource(row), placeOf: ({ name }: DatasetRow) => name };
    return pageAnswer(request, pageBy(rows, limit, filters, shown));
  }

  @Operation({
    id: 'getDataset',
    tag: 'Datasets',
    summary: 'Shows a dataset, with how many clips have which label',
    requestHeaders: [ifNoneMatch],
    answers: { 200: { description: 'The dataset', content: json('Dataset'), headers: etagHeader } },
    problems: ['DATASET_NOT_FOUND'],
  })
  @datasetParam
  @Get(':name')
  async get(@Param('name') name: string): Promise<Answer> {
    return this.shown(await this.workspace.datasets.get(datasetNameOf(name)));
  }

  @Operation({
    id: 'changeDataset',
    tag: 'Datasets',
    summary: 'Describes a dataset anew',
    requestHeaders: [ifMatch],
    body: json('DatasetChange'),
    answers: { 200: { description: 'The dataset', content: json('Dataset'), headers: etagHeader } },
    problems: [...jsonProblems, 'DATASET_NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  @datasetParam
  @Patch(':name')
  async change(@Param('name') text: string, @Req() request: Request): Promise<Answer> {
    const name = datasetNameOf(text);
    const change = await parsedJson(request, datasetChange, this.limits);
    return this.shown(await this.workspace.datasets.update(name, change, await this.expectedBy(request, name)));
  }

  @Operation({
    id: 'deleteDataset',
    tag: 'Datasets',
    summary: 'Deletes a dataset and its versions; the clips stay',
    query: deletion,
    requestHeaders: [ifMatch],
    answers: { 204: { description: 'It is gone' } },
    problems: ['REQUEST_INVALID', 'DATASET_NOT_FOUND', 'DATASET_IN_USE', 'PRECONDITION_FAILED'],
  })
  @datasetParam
  @Delete(':name')
  async delete(
    @Param('name') text: string,
    @QueryOf(deletion) { force }: z.output<typeof deletion>,
    @Req() request: Request,
  ): Promise<Answer> {
    const name = datasetNameOf(text);
    await this.workspace.datasets.delete(name, { force, ...(await this.expectedBy(request, name)) });
    return nothing(204);
  }

  private async shown(row: DatasetRow): Promise<Answer> {
    const labels = await this.workspace.datasets.labels(row.name);
    return { status: 200, headers: { ETag: datasetTag(row), 'Cache-Control': 'no-cache' }, body: { json: datasetResource(row, labels) } };
  }

  /** The revision that the request is meant for, if it says so. */
  private async expectedBy(request: Request, name: string): Promise<Expected> {
    const row = await this.workspace.datasets.get(name);
    return isMeantFor(request, datasetTag(row)) ? { revision: row.revision } : {};
  }
}
