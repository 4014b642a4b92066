import { entryLine, entryLines, entryRemoval } from '@earshot/contracts';
import type { EntryRow, Workspace } from '@earshot/database';
import { Controller, Delete, Get, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { idempotencyKey, json, jsonProblems, linkHeader, replayedHeader } from '../docs/shared-parts.js';
import { uploadProblems } from '../docs/work-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { contentTypeOf } from '../requests/content-type.js';
import { jsonLines } from '../requests/json-lines.js';
import { idBefore, pageAnswer, pageBy, paging } from '../requests/paging.js';
import { requestInvalid } from '../requests/parse.js';
import { parsedJson } from '../requests/parsed-json.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { datasetParam } from './dataset-parts.js';
import { datasetClip, datasetNameOf } from './dataset-resource.js';
import { DatasetUploads } from './dataset-uploads.service.js';
import { entriesOfLines } from './entries-of-lines.js';
import { entryFieldsBody } from './entry-fields.js';

const clipsQuery = z.strictObject({
  label: z.string().min(1).max(200).optional().meta({ description: 'Those that have it' }),
  unlabelled: z.boolean().optional().meta({ description: '`true`: those that have no label' }),
  ...paging,
});

@Controller('api/v1/datasets/:name/clips')
export class DatasetClipsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly uploads: DatasetUploads,
  ) {}

  @Operation({
    id: 'addDatasetClips',
    tag: 'Datasets',
    summary: 'Adds clips to a dataset, or says something else of those that are in it',
    description:
      'Files with their labels as fields (all of them or none), or stored clips: in JSON (all of them or none), or one a line in any number up to 1,000,000. Lines are taken in pages of 5,000; when one is refused, `applied` says how many before it are in. The same lines again change nothing.',
    requestHeaders: [idempotencyKey],
    body: {
      ...entryFieldsBody,
      ...json('DatasetEntries'),
      'application/jsonl': { schema: schemaRef('DatasetEntry') },
    },
    answers: { 200: { description: 'What has changed', content: json('EntriesChanged'), headers: replayedHeader } },
    problems: [...uploadProblems, 'DATASET_NOT_FOUND', 'CLIP_NOT_FOUND'],
  })
  @datasetParam
  @Post()
  async add(@Param('name') text: string, @Req() request: Request): Promise<Answer> {
    const name = datasetNameOf(text);
    await this.workspace.datasets.get(name); // before any byte is stored
    const type = contentTypeOf(request, ['multipart/form-data', 'application/json', 'application/jsonl']);
    if (type === 'multipart/form-data') return this.uploads.take(name, request);
    if (type === 'application/jsonl')
      return ok(await entriesOfLines(jsonLines(request, entryLine, this.limits), (page) => this.workspace.datasets.put(name, page)));
    const { entries } = await parsedJson(request, entryLines, this.limits);
    const { added, changed } = await this.workspace.datasets.put(name, entries);
    return ok({ added, changed });
  }

  @Operation({
    id: 'listDatasetClips',
    tag: 'Datasets',
    summary: 'Lists the clips of a dataset as it is now',
    query: clipsQuery,
    answers: { 200: { description: 'A page of clips, by their ids', content: json('DatasetClipPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'DATASET_NOT_FOUND'],
  })
  @datasetParam
  @Get()
  async list(
    @Param('name') text: string,
    @QueryOf(clipsQuery) { label, unlabelled = false, limit, cursor }: z.output<typeof clipsQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    const name = datasetNameOf(text);
    if (unlabelled && label !== undefined) throw requestInvalid([{ pointer: '#/unlabelled', detail: 'says the opposite of label' }]);
    const filters = { list: `clips of ${name}`, label, unlabelled: String(unlabelled) };
    const after = idBefore(cursor, filters);
    const rows = await this.workspace.datasets.entryPage(name, { label: unlabelled ? null : label, after, limit: limit + 1 });
    return pageAnswer(request, pageBy(rows, limit, filters, { itemOf: datasetClip, placeOf: ({ clipId }: EntryRow) => clipId }));
  }

  @Operation({
    id: 'changeDatasetClips',
    tag: 'Datasets',
    summary: 'Changes labels, groups and folds of clips that are in the dataset, and adds none',
    body: json('DatasetEntries'),
    answers: {
      200: { description: 'What has changed; clips that are not in the dataset are passed over', content: json('EntriesChanged') },
    },
    problems: [...jsonProblems, 'DATASET_NOT_FOUND'],
  })
  @datasetParam
  @Patch()
  async change(@Param('name') text: string, @Req() request: Request): Promise<Answer> {
    const name = datasetNameOf(text);
    const { entries } = await parsedJson(request, entryLines, this.limits);
    const { added, changed } = await this.workspace.datasets.relabel(name, entries);
    return ok({ added, changed });
  }

  @Operation({
    id: 'removeDatasetClips',
    tag: 'Datasets',
    summary: 'Takes clips out of the dataset; the clips themselves stay',
    body: json('DatasetRemoval'),
    answers: { 200: { description: 'How many were in it', content: json('EntriesRemoved') } },
    problems: [...jsonProblems, 'DATASET_NOT_FOUND'],
  })
  @datasetParam
  @Delete()
  async remove(@Param('name') text: string, @Req() request: Request): Promise<Answer> {
    const name = datasetNameOf(text);
    const { clipIds } = await parsedJson(request, entryRemoval, this.limits);
    return ok({ removed: await this.workspace.datasets.remove(name, clipIds) });
  }
}
