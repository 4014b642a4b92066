import { featuresJob, sampleChange, sampleFilter, sampleLine, sampleLines } from '@earshot/contracts';
import type { SampleRow, Workspace } from '@earshot/database';
import { Controller, Delete, Get, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { schemaRef } from '../docs/schemas.js';
import { etagHeader, idempotencyKey, ifMatch, ifNoneMatch, json, jsonProblems, linkHeader, prefer } from '../docs/shared-parts.js';
import { jobProblems, uploadProblems, workAnswers, workHeaders } from '../docs/work-parts.js';
import { type Answer, nothing } from '../requests/answer.js';
import { contentTypeOf } from '../requests/content-type.js';
import { isMeantFor } from '../requests/if-match.js';
import { jsonLines } from '../requests/json-lines.js';
import { idBefore, pageAnswer, pageBy, paging } from '../requests/paging.js';
import { parsedJson } from '../requests/parsed-json.js';
import { clipIdOf } from '../requests/path-id.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { type Terms, termsOf } from '../work/terms.js';
import type { WorkOutcome } from '../work/work.service.js';
import { WorkAnswers } from '../work/work-answers.js';
import { LibraryUploads } from './library-uploads.service.js';
import { changeOf, sampleFilesBody } from './sample-changes.js';
import { sampleResource, sampleTag } from './sample-resource.js';

const listQuery = z.strictObject({
  ...sampleFilter,
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .optional()
    .meta({ description: 'Samples of exactly these bytes' }),
  ...paging,
});

const tag = 'Library';

/** The samples of the library. */
@Controller('api/v1/library/clips')
export class LibraryClipsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
    private readonly uploads: LibraryUploads,
    private readonly answers: WorkAnswers,
  ) {}

  @Operation({
    id: 'addSamples',
    tag,
    summary: 'Adds samples to the library, or says something else of those that are in it, and computes their vectors',
    description:
      'Files with what is said of them as fields (all of them or none; a file whose bytes are in the library is that sample), or stored clips: in JSON, or one a line in any number up to 1,000,000. Lines are taken in pages of 1,000; when one is refused, `applied` says how many before it are in. The same again changes nothing. The indexes follow by themselves once the vectors are there.',
    requestHeaders: [idempotencyKey, prefer],
    body: { ...sampleFilesBody, ...json('SampleLines'), 'application/jsonl': { schema: schemaRef('SampleLine') } },
    answers: workAnswers(`${featuresJob.noun}Job`, `${featuresJob.noun}Result`, `${featuresJob.noun}Item`),
    problems: [...uploadProblems, ...jobProblems, 'CLIP_NOT_FOUND'],
    problemHeaders: workHeaders,
  })
  @Post()
  async add(@Req() request: Request): Promise<Answer> {
    const terms = termsOf(request);
    return this.answers.answerOf(await this.taken(request, terms), request, terms);
  }

  @Operation({
    id: 'listSamples',
    tag,
    summary: 'Lists the samples of the library, those that were added first before the others',
    query: listQuery,
    answers: { 200: { description: 'A page of samples', content: json('SamplePage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@QueryOf(listQuery) { limit, cursor, ...filter }: z.output<typeof listQuery>, @Req() request: Request): Promise<Answer> {
    const filters = { list: 'library', ...Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, String(value)])) };
    const rows = await this.workspace.samples.page(filter, idBefore(cursor, filters), limit + 1);
    return pageAnswer(request, pageBy(rows, limit, filters, { itemOf: sampleResource, placeOf: ({ clipId }: SampleRow) => clipId }));
  }

  @Operation({
    id: 'getSample',
    tag,
    summary: 'Shows a sample',
    idOf: 'clip',
    requestHeaders: [ifNoneMatch],
    answers: {
      200: { description: 'The sample', content: json('Sample'), headers: etagHeader },
      304: { description: 'Nothing has changed', headers: etagHeader },
    },
    problems: ['CLIP_NOT_FOUND', 'SAMPLE_NOT_FOUND'],
  })
  @Get(':id')
  async get(@Param('id') id: string): Promise<Answer> {
    return shown(await this.workspace.samples.get(clipIdOf(id)));
  }

  @Operation({
    id: 'changeSample',
    tag,
    summary: 'Says something else of a sample',
    idOf: 'clip',
    requestHeaders: [ifMatch],
    body: json('SampleChange'),
    answers: { 200: { description: 'The sample', content: json('Sample'), headers: etagHeader } },
    problems: [...jsonProblems, 'CLIP_NOT_FOUND', 'SAMPLE_NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  @Patch(':id')
  async change(@Param('id') text: string, @Req() request: Request): Promise<Answer> {
    const id = clipIdOf(text);
    const change = changeOf(await parsedJson(request, sampleChange, this.limits));
    return shown(await this.workspace.samples.change(id, change, await this.expectedBy(request, id)));
  }

  @Operation({
    id: 'removeSample',
    tag,
    summary: 'Takes a sample out of the library; the clip itself stays',
    idOf: 'clip',
    requestHeaders: [ifMatch],
    answers: { 204: { description: 'It is out, and no search finds it' } },
    problems: ['CLIP_NOT_FOUND', 'SAMPLE_NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  @Delete(':id')
  async remove(@Param('id') text: string, @Req() request: Request): Promise<Answer> {
    const id = clipIdOf(text);
    await this.workspace.samples.remove(id, await this.expectedBy(request, id));
    return nothing(204);
  }

  private async taken(request: Request, terms: Terms): Promise<WorkOutcome> {
    const type = contentTypeOf(request, ['multipart/form-data', 'application/json', 'application/jsonl']);
    if (type === 'multipart/form-data') return this.uploads.files(request, terms);
    if (type === 'application/jsonl') return this.uploads.lines(jsonLines(request, sampleLine, this.limits), terms);
    const { samples } = await parsedJson(request, sampleLines, this.limits);
    return this.uploads.listed(samples, terms);
  }

  /** The revision that the request is meant for, if it says so. */
  private async expectedBy(request: Request, id: string): Promise<{ revision?: number }> {
    const row = await this.workspace.samples.get(id);
    return isMeantFor(request, sampleTag(row)) ? { revision: row.revision } : {};
  }
}

function shown(row: SampleRow): Answer {
  return { status: 200, headers: { ETag: sampleTag(row), 'Cache-Control': 'no-cache' }, body: { json: sampleResource(row) } };
}
