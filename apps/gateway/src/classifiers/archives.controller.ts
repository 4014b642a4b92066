import { classifierName, EarshotError, endingsOf, importModelJob } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { ClassifierPart } from '../docs/classifier-parts.js';
import { Operation } from '../docs/operation.js';
import { idempotencyKey, prefer } from '../docs/shared-parts.js';
import { jobProblems, workAnswers, workHeaders } from '../docs/work-parts.js';
import type { Answer } from '../requests/answer.js';
import { contentTypeOf } from '../requests/content-type.js';
import { bodyOf } from '../requests/json-body.js';
import { requestInvalid } from '../requests/parse.js';
import { refuseUnstorableText } from '../requests/storable.js';
import { WORKSPACE } from '../tokens.js';
import { termsOf } from '../work/terms.js';
import { WorkService } from '../work/work.service.js';
import { WorkAnswers } from '../work/work-answers.js';
import { archiveOf, readArchive } from './archive/model-archive.js';
import { numberOf, versionResource } from './classifier-resources.js';

/** It is held in memory while it is taken apart. */
const mostArchiveBytes = 64 * 2 ** 20;

const archive = { 'application/x-tar': { schema: { type: 'string', format: 'binary' } } } as const;

/** Models on their way from one Earshot to another. */
@Controller('api/v1/classifiers/:name')
export class ArchivesController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    private readonly work: WorkService,
    private readonly answers: WorkAnswers,
  ) {}

  @Operation({
    id: 'exportModelVersion',
    tag: 'Classifiers',
    summary: 'Downloads a version as one archive: a manifest with hashes, the artifact, the card',
    answers: { 200: { description: 'A tar archive', content: archive } },
    problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'BLOB_LOST', 'STORAGE_UNAVAILABLE'],
  })
  @ClassifierPart('name', 'version')
  @Get('versions/:version/archive')
  async export(@Param('name') name: string, @Param('version') version: string): Promise<Answer> {
    await this.workspace.models.classifiers.get(name);
    const resource = versionResource(await this.workspace.models.versions.get(name, numberOf(version)), []);
    const artifact = () => this.store.read({ workspaceId: this.workspace.id, sha256: resource.artifact.sha256 });
    return {
      status: 200,
      headers: { 'Content-Disposition': `attachment; filename="${name}-${resource.version}.tar"` },
      body: { type: 'application/x-tar', stream: () => archiveOf(resource, artifact) },
    };
  }

  @Operation({
    id: 'importModelVersion',
    tag: 'Classifiers',
    summary: 'Makes a version of an archive that was exported here or elsewhere',
    description:
      'The classifier is made where there is none. Each file is held against its hash, and a job loads the artifact once in the sandbox before it is registered: its result names the version. No alias is moved.',
    requestHeaders: [idempotencyKey, prefer],
    body: archive,
    answers: workAnswers('ModelImportJob', 'ModelImportResult', null),
    problemHeaders: workHeaders,
    problems: [
      ...new Set([
        'BODY_MALFORMED',
        'BODY_TRUNCATED',
        'BODY_TOO_LARGE',
        'TYPE_UNSUPPORTED',
        'MODEL_INVALID',
        'IDEMPOTENCY_MISMATCH',
        'STORAGE_UNAVAILABLE',
        'STORAGE_REFUSED',
        'STORAGE_FULL',
        ...jobProblems,
        ...endingsOf(importModelJob),
      ] as const),
    ],
  })
  @ClassifierPart('name')
  @Post('versions')
  async import(@Param('name') name: string, @Req() request: Request): Promise<Answer> {
    contentTypeOf(request, ['application/x-tar']);
    if (!classifierName.safeParse(name).success) throw requestInvalid([{ pointer: '#/name', detail: 'is no name of a classifier' }]);
    const { manifest, artifact } = readArchive(await bodyOf(request, mostArchiveBytes));
    refuseUnstorableText(manifest);
    if (artifact.length === 0) throw new EarshotError('MODEL_INVALID', 'The artifact has no bytes');
    const { format: _, files: __, ...facts } = manifest;
    const input = { classifier: name, artifact: await this.store.put(this.workspace.id, artifact), ...facts };
    const terms = termsOf(request);
    return this.answers.answerOf(await this.work.onFiles(importModelJob, input, [], terms), request, terms);
  }
}
