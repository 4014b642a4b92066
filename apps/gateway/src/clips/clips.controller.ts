import type { ClipResource } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { contentTypeOf } from '../requests/content-type.js';
import { clipIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
import { askingOf } from '../work/asking.js';
import { clipResource } from './clip-resource.js';
import { ClipsService } from './clips.service.js';

const deletion = z.strictObject({
  force: z
    .enum(['true', 'false'])
    .default('false')
    .meta({ description: 'Delete it although unfinished jobs use it: their items fail with CLIP_DELETED' }),
});

@Controller('api/v1/clips')
export class ClipsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly clips: ClipsService,
  ) {}

  @Post()
  async create(@Req() request: Request, @Res() response: Response): Promise<void> {
    contentTypeOf(request, ['multipart/form-data']);
    const asking = askingOf(request, response);
    await this.clips.create(await this.clips.receive(request), asking);
  }

  @Get(':id')
  async get(@Param('id') id: string): Promise<ClipResource> {
    return clipResource(await this.workspace.clips.get(clipIdOf(id)));
  }

  @Delete(':id')
  @HttpCode(204)
  delete(@Param('id') id: string, @Query({ schema: deletion }) { force }: z.output<typeof deletion>): Promise<void> {
    return this.workspace.clips.delete(clipIdOf(id), { force: force === 'true' });
  }
}
