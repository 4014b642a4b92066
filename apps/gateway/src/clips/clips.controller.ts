import type { ClipResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Controller, Delete, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { clipLinks } from '../docs/links.js';
import { Operation } from '../docs/operation.js';
import { idempotencyKey, ifNoneMatch, json, linkHeader, range, replayedHeader } from '../docs/shared-parts.js';
import { filesBody, uploadProblems } from '../docs/work-parts.js';
import { keyScope } from '../idempotency/key-scope.js';
import { type Answer, nothing, ok } from '../requests/answer.js';
import { contentTypeOf } from '../requests/content-type.js';
import { idBefore, pageAnswer, pageOf, paging } from '../requests/paging.js';
import { clipIdOf } from '../requests/path-id.js';
import { QueryOf } from '../requests/query.js';
import { WORKSPACE } from '../tokens.js';
import { audioAnswer } from './clip-audio.js';
import { clipPredictions } from './clip-predictions.js';
import { clipResource } from './clip-resource.js';
import { ClipsService } from './clips.service.js';

const clipsQuery = z.strictObject(paging);

const deletion = z.strictObject({
  force: z.boolean().default(false).meta({ description: 'Delete it although unfinished jobs use it: their items fail with CLIP_DELETED' }),
});

const audioContent = { '*/*': { schema: { type: 'string', format: 'binary' } } };
const audioHeaders = {
  ETag: { description: 'Hash of the content; it never changes', schema: { type: 'string' } },
  'Accept-Ranges': { description: '`bytes`', schema: { type: 'string' } },
  'Content-Disposition': { description: 'The name under which it was uploaded', schema: { type: 'string' } },
};
const contentRange = { 'Content-Range': { description: 'Which bytes these are, and of how many', schema: { type: 'string' } } };

@Controller('api/v1/clips')
export class ClipsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    private readonly clips: ClipsService,
  ) {}

  @Operation({
    id: 'createClips',
    tag: 'Clips',
    summary: 'Uploads one or many audio files',
    description: 'All of them or none: one bad file refuses the request. The same bytes twice are stored once.',
    requestHeaders: [idempotencyKey],
    body: filesBody(),
    answers: {
      201: {
        description: 'A clip for each file, in their order',
        content: json('ClipUpload'),
        headers: replayedHeader,
        links: clipLinks('$response.body#/items/0/id'),
      },
    },
    problems: uploadProblems,
  })
  @Post()
  async create(@Req() request: Request): Promise<Answer> {
    contentTypeOf(request, ['multipart/form-data']);
    const key = keyScope(request);
    const { files } = await this.clips.receive(request, { fields: [] });
    const { items, isReplayed } = await this.clips.create(files, key);
    return { status: 201, headers: isReplayed ? { 'Idempotency-Replayed': 'true' } : {}, body: { json: { items } } };
  }

  @Operation({
    id: 'listClips',
    tag: 'Clips',
    summary: 'Lists clips, newest first',
    query: clipsQuery,
    answers: { 200: { description: 'A page of clips', content: json('ClipPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@QueryOf(clipsQuery) { limit, cursor }: z.output<typeof clipsQuery>, @Req() request: Request): Promise<Answer> {
    const filters = { list: 'clips' };
    const rows = await this.workspace.clips.page(idBefore(cursor, filters), limit + 1);
    return pageAnswer(request, pageOf(rows, limit, filters, clipResource));
  }

  @Operation({
    id: 'getClip',
    tag: 'Clips',
    summary: 'Shows a clip',
    idOf: 'clip',
    answers: { 200: { description: 'The clip', content: json('Clip') } },
    problems: ['CLIP_NOT_FOUND'],
  })
  @Get(':id')
  async get(@Param('id') id: string): Promise<Answer<ClipResource>> {
    return ok(clipResource(await this.workspace.clips.get(clipIdOf(id))));
  }

  @Operation({
    id: 'getClipAudio',
    tag: 'Clips',
    summary: 'Downloads the bytes of a clip, or a range of them',
    idOf: 'clip',
    requestHeaders: [ifNoneMatch, range],
    answers: {
      200: { description: 'The whole file', content: audioContent, headers: audioHeaders },
      206: { description: 'The range that was asked for', content: audioContent, headers: { ...audioHeaders, ...contentRange } },
      304: { description: 'You have it already', headers: audioHeaders },
    },
    problems: ['CLIP_NOT_FOUND', 'RANGE_NOT_SATISFIABLE', 'BLOB_LOST', 'STORAGE_UNAVAILABLE'],
  })
  @Get(':id/audio')
  async audio(@Param('id') id: string, @Req() request: Request): Promise<Answer> {
    const clip = await this.workspace.clips.get(clipIdOf(id));
    return audioAnswer(request, { clip, store: this.store, workspaceId: this.workspace.id });
  }

  @Operation({
    id: 'listClipPredictions',
    tag: 'Clips',
    summary: 'Lists what was predicted about a clip, newest first',
    description: 'By every job of the kind `predict` that stands and has the clip for an item, tries of others among them.',
    idOf: 'clip',
    query: clipsQuery,
    answers: { 200: { description: 'A page of predictions', content: json('ClipPredictionPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'CLIP_NOT_FOUND'],
  })
  @Get(':id/predictions')
  async predictions(
    @Param('id') id: string,
    @QueryOf(clipsQuery) query: z.output<typeof clipsQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    return pageAnswer(request, await clipPredictions(this.workspace, clipIdOf(id), query));
  }

  @Operation({
    id: 'deleteClip',
    tag: 'Clips',
    summary: 'Deletes a clip',
    idOf: 'clip',
    query: deletion,
    answers: { 204: { description: 'It is gone' } },
    problems: ['REQUEST_INVALID', 'CLIP_NOT_FOUND', 'CLIP_IN_USE'],
  })
  @Delete(':id')
  async delete(@Param('id') id: string, @QueryOf(deletion) { force }: z.output<typeof deletion>): Promise<Answer> {
    await this.workspace.clips.delete(clipIdOf(id), { force });
    return nothing(204);
  }
}
