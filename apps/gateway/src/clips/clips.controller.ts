import type { ClipResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Operation } from '../docs/operation.js';
import { filesBody, idempotencyKey, ifNoneMatch, json, range, replayedHeader, uploadProblems } from '../docs/shared-parts.js';
import { contentTypeOf } from '../requests/content-type.js';
import { clipIdOf } from '../requests/path-id.js';
import { BLOB_STORE, WORKSPACE } from '../tokens.js';
import { askingOf } from '../work/asking.js';
import { sendAudio } from './clip-audio.js';
import { clipResource } from './clip-resource.js';
import { ClipsService } from './clips.service.js';

const deletion = z.strictObject({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Delete it although unfinished jobs use it: their items fail with CLIP_DELETED' }),
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
    body: filesBody,
    answers: { 201: { description: 'A clip for each file, in their order', content: json('ClipUpload'), headers: replayedHeader } },
    problems: uploadProblems,
  })
  @Post()
  async create(@Req() request: Request, @Res() response: Response): Promise<void> {
    contentTypeOf(request, ['multipart/form-data']);
    const asking = askingOf(request, response);
    await this.clips.create(await this.clips.receive(request), asking);
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
  async get(@Param('id') id: string): Promise<ClipResource> {
    return clipResource(await this.workspace.clips.get(clipIdOf(id)));
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
  async audio(@Param('id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const clip = await this.workspace.clips.get(clipIdOf(id));
    await sendAudio(request, response, { clip, store: this.store, workspaceId: this.workspace.id });
  }

  @Operation({
    id: 'deleteClip',
    tag: 'Clips',
    summary: 'Deletes a clip',
    idOf: 'clip',
    answers: { 204: { description: 'It is gone' } },
    problems: ['REQUEST_INVALID', 'CLIP_NOT_FOUND', 'CLIP_IN_USE'],
  })
  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string, @Query({ schema: deletion }) { force }: z.output<typeof deletion>): Promise<void> {
    return this.workspace.clips.delete(clipIdOf(id), { force: force === 'true' });
  }
}
