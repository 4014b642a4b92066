import { EarshotError, floatsOf, spectrogramRecipe, type Vector } from '@earshot/contracts';
import type { Derived, Workspace } from '@earshot/database';
import { columnNames, getProfile } from '@earshot/features';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { Request } from 'express';
import { Operation } from '../docs/operation.js';
import { etagHeader, ifNoneMatch, json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { clipIdOf } from '../requests/path-id.js';
import { WORKSPACE } from '../tokens.js';
import { derivedBytes } from './derived-bytes.js';

/** Of a user's own profile the hash is asked for: its name belongs to whoever chose it. */
const hashForm = /^[0-9a-f]{64}$/;

/** What jobs have computed from the bytes of a clip. It never changes, so caches may keep it for good. */
@Controller('api/v1/clips/:id')
export class DerivedController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
  ) {}

  @Operation({
    id: 'getClipVector',
    tag: 'Features',
    summary: 'Reads a vector of a clip that a job has computed',
    description: 'As JSON, or with `Accept: application/octet-stream` as 32-bit floats, least significant byte first.',
    idOf: 'clip',
    requestHeaders: [ifNoneMatch],
    answers: {
      200: {
        description: 'The vector',
        content: { ...json('Vector'), 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
        headers: etagHeader,
      },
      304: { description: 'You have it already', headers: etagHeader },
    },
    problems: ['CLIP_NOT_FOUND', 'PROFILE_NOT_FOUND', 'NOT_COMPUTED', 'STORAGE_UNAVAILABLE'],
  })
  @ApiParam({
    name: 'profile',
    description: "`name@version`, or the hash of one's own profile",
    schema: { type: 'string', example: 'logmel-128@1' },
  })
  @Get('vectors/:profile')
  async vector(@Param('id') id: string, @Param('profile') name: string, @Req() request: Request): Promise<Answer> {
    const { id: profile, hash, columns } = namedOrHash(name);
    const { sha256, shape, bytes } = await this.read(id, hash);
    const isBinary = request.accepts(['application/json', 'application/octet-stream']) === 'application/octet-stream';
    const headers = { ...forGood(`"${sha256}-${hash}-${isBinary ? 'f32' : 'json'}"`), Vary: 'Accept' };
    if (!isBinary) return ok<Vector>({ profile, hash, shape, columns, values: floatsOf(bytes) }, headers);
    return { status: 200, headers: { ...headers, 'X-Shape': shape.join(',') }, body: { type: 'application/octet-stream', bytes } };
  }

  @Operation({
    id: 'getClipSpectrogram',
    tag: 'Descriptions',
    summary: 'Shows the spectrogram of a clip that a job has drawn',
    description:
      'Time to the right, 128 mel bands from 0 Hz at the bottom to 11,025 Hz at the top, 80 dB from dark to bright; at most 512 pixels wide.',
    idOf: 'clip',
    requestHeaders: [ifNoneMatch],
    answers: {
      200: { description: 'The picture', content: { 'image/png': { schema: { type: 'string', format: 'binary' } } }, headers: etagHeader },
      304: { description: 'You have it already', headers: etagHeader },
    },
    problems: ['CLIP_NOT_FOUND', 'NOT_COMPUTED', 'STORAGE_UNAVAILABLE'],
  })
  @Get('spectrogram')
  async spectrogram(@Param('id') id: string): Promise<Answer> {
    const { sha256, bytes } = await this.read(id, spectrogramRecipe);
    return { status: 200, headers: forGood(`"${sha256}-${spectrogramRecipe}"`), body: { type: 'image/png', bytes } };
  }

  private async read(clip: string, recipe: string): Promise<Derived & { bytes: Uint8Array }> {
    const { id, sha256 } = await this.workspace.clips.get(clipIdOf(clip));
    const [found] = await this.workspace.derived.find([sha256], [recipe]);
    const bytes = found && (await derivedBytes(this.workspace, this.store, found));
    if (!bytes) throw new EarshotError('NOT_COMPUTED', `No job has computed ${recipe} of clip ${id}, or what it computed is lost`);
    return { ...found, bytes };
  }
}

function namedOrHash(name: string): Pick<Vector, 'hash' | 'columns'> & { id: string } {
  if (hashForm.test(name)) return { id: name, hash: name, columns: null };
  const profile = getProfile(name);
  return { id: profile.id, hash: profile.hash, columns: profile.output.kind === 'vector' ? columnNames(profile) : null };
}

/** Of what never changes. */
function forGood(etag: string) {
  return { ETag: etag, 'Cache-Control': 'private, max-age=31536000, immutable' };
}
