import type { MemberRow, VersionRow, Workspace } from '@earshot/database';
import { Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { json, linkHeader } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { numberBefore, pageAnswer, pageBy, paging } from '../requests/paging.js';
import { QueryOf } from '../requests/query.js';
import { WORKSPACE } from '../tokens.js';
import { datasetParam, versionParam } from './dataset-parts.js';
import { datasetNameOf, memberResource, versionNumberOf, versionResource } from './dataset-resource.js';
import { DatasetExports, exportForms } from './exports/dataset-exports.service.js';
import { previewOf } from './split-preview.js';

const listQuery = z.strictObject(paging);

const splitQuery = z.strictObject({
  seed: z.int().min(0).max(2_147_483_647).default(42),
  testShare: z.number().min(0.01).max(0.9).default(0.2).meta({ description: 'Of the clips, how many are held out' }),
});

const exportQuery = z.strictObject({
  as: z.enum(exportForms).meta({
    description:
      '`tar`, `zip`: the files as LABEL/NAME beside a `manifest.csv`; `jsonl`, `csv`: the manifest alone; `label-studio`: tasks for Label Studio; `features`: a table of vectors that a job has computed',
  }),
  profile: z.string().max(80).optional().meta({ description: 'Of `features`, `electro-45@1` by default' }),
});

const anyBytes = { schema: { type: 'string' as const, format: 'binary' } };
const anyText = { schema: { type: 'string' as const } };

@Controller('api/v1/datasets/:name/versions')
export class DatasetVersionsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly exports: DatasetExports,
  ) {}

  @Operation({
    id: 'freezeDataset',
    tag: 'Datasets',
    summary: 'Freezes the labelled clips of a dataset, as they are now, into a version',
    description: 'Equal content is one version, however often it is frozen.',
    answers: { 200: { description: 'The version', content: json('DatasetVersion') } },
    problems: ['DATASET_NOT_FOUND', 'DATASET_TOO_SMALL'],
  })
  @datasetParam
  @Post()
  async freeze(@Param('name') text: string): Promise<Answer> {
    const name = datasetNameOf(text);
    return ok(versionResource(name, await this.workspace.datasets.freeze(name)));
  }

  @Operation({
    id: 'listDatasetVersions',
    tag: 'Datasets',
    summary: 'Lists the versions of a dataset, newest first',
    query: listQuery,
    answers: { 200: { description: 'A page of versions', content: json('DatasetVersionPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'DATASET_NOT_FOUND'],
  })
  @datasetParam
  @Get()
  async list(
    @Param('name') text: string,
    @QueryOf(listQuery) { limit, cursor }: z.output<typeof listQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    const name = datasetNameOf(text);
    const filters = { list: `versions of ${name}` };
    const rows = await this.workspace.datasets.versionPage(name, numberBefore(cursor, filters), limit + 1);
    const shown = { itemOf: (row: VersionRow) => versionResource(name, row), placeOf: ({ number }: VersionRow) => String(number) };
    return pageAnswer(request, pageBy(rows, limit, filters, shown));
  }

  @Operation({
    id: 'getDatasetVersion',
    tag: 'Datasets',
    summary: 'Shows a version of a dataset',
    answers: { 200: { description: 'The version', content: json('DatasetVersion') } },
    problems: ['DATASET_NOT_FOUND', 'DATASET_VERSION_NOT_FOUND'],
  })
  @datasetParam
  @versionParam
  @Get(':number')
  async get(@Param('name') text: string, @Param('number') number: string): Promise<Answer> {
    const { name, version } = await this.versionOf(text, number);
    return ok(versionResource(name, version));
  }

  @Operation({
    id: 'listDatasetVersionClips',
    tag: 'Datasets',
    summary: 'Lists the clips of a version',
    query: listQuery,
    answers: {
      200: { description: 'A page of clips in the order of the version', content: json('DatasetMemberPage'), headers: linkHeader },
    },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'DATASET_NOT_FOUND', 'DATASET_VERSION_NOT_FOUND'],
  })
  @datasetParam
  @versionParam
  @Get(':number/clips')
  async clips(
    @Param('name') text: string,
    @Param('number') number: string,
    @QueryOf(listQuery) { limit, cursor }: z.output<typeof listQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    const { version } = await this.versionOf(text, number);
    const filters = { list: `clips of ${version.id}` };
    const rows = await this.workspace.datasets.members(version.id, numberBefore(cursor, filters) ?? -1, limit + 1);
    return pageAnswer(request, pageBy(rows, limit, filters, { itemOf: memberResource, placeOf: ({ index }: MemberRow) => String(index) }));
  }

  @Operation({
    id: 'previewDatasetSplit',
    tag: 'Datasets',
    summary: 'Shows how a version would be split, at random and by group, side by side',
    query: splitQuery,
    answers: { 200: { description: 'Both splits', content: json('SplitPreview') } },
    problems: ['REQUEST_INVALID', 'DATASET_NOT_FOUND', 'DATASET_VERSION_NOT_FOUND', 'DATASET_TOO_SMALL'],
  })
  @datasetParam
  @versionParam
  @Get(':number/split')
  async split(
    @Param('name') text: string,
    @Param('number') number: string,
    @QueryOf(splitQuery) query: z.output<typeof splitQuery>,
  ): Promise<Answer> {
    const { version } = await this.versionOf(text, number);
    return ok(await previewOf(this.workspace.datasets, version, query));
  }

  @Operation({
    id: 'exportDatasetVersion',
    tag: 'Datasets',
    summary: 'Downloads a version: its files in folders, its manifest, tasks for Label Studio, or a table of features',
    description: 'Clips that the version has lost are in the manifest alone.',
    query: exportQuery,
    answers: {
      200: {
        description: 'The download',
        content: {
          'application/x-tar': anyBytes,
          'application/zip': anyBytes,
          'application/jsonl': { schema: schemaRef('DatasetMember') },
          'text/csv': anyText,
          'application/json': { schema: { type: 'array', items: { type: 'object' } } },
        },
      },
    },
    problems: [
      'REQUEST_INVALID',
      'DATASET_NOT_FOUND',
      'DATASET_VERSION_NOT_FOUND',
      'PROFILE_NOT_FOUND',
      'NOT_COMPUTED',
      'STORAGE_UNAVAILABLE',
    ],
  })
  @datasetParam
  @versionParam
  @Get(':number/export')
  async export(
    @Param('name') text: string,
    @Param('number') number: string,
    @QueryOf(exportQuery) { as, profile = 'electro-45@1' }: z.output<typeof exportQuery>,
  ): Promise<Answer> {
    const { name, version } = await this.versionOf(text, number);
    return this.exports.answer(`${name}-${version.number}`, version, as, profile);
  }

  private async versionOf(text: string, number: string): Promise<{ name: string; version: VersionRow }> {
    const name = datasetNameOf(text);
    return { name, version: await this.workspace.datasets.version(name, versionNumberOf(number)) };
  }
}
