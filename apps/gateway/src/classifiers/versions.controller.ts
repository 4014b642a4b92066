import { decisionChange, type ModelComparison, type ModelVersionResource, versionNumber } from '@earshot/contracts';
import type { ModelVersionRow, Workspace } from '@earshot/database';
import type { BlobStore } from '@earshot/storage';
import { BLOB_STORE } from '@earshot/worker';
import { Controller, Delete, Get, Inject, Param, Patch, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { ClassifierPart } from '../docs/classifier-parts.js';
import { Operation } from '../docs/operation.js';
import { etagHeader, ifMatchRequired, ifNoneMatch, json, jsonProblems, linkHeader } from '../docs/shared-parts.js';
import { type Answer, nothing, ok } from '../requests/answer.js';
import { expectedRevision, revisionTag } from '../requests/expected-revision.js';
import { numberBefore, pageAnswer, pageBy, paging } from '../requests/paging.js';
import { parsedJson } from '../requests/parsed-json.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { comparisonOf, numberOf, versionResource } from './classifier-resources.js';
import { cardText } from './model-card.js';

const listQuery = z.strictObject(paging);
const comparisonQuery = z.strictObject({
  versions: z.array(versionNumber).min(1).max(20).meta({ description: 'Numbers of versions, as `1,2`' }),
});
const markdown = { 'text/markdown': { schema: { type: 'string' } } } as const;
const bytes = { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } as const;

/** Versions of models: what they are, how they decide, and their bytes. */
@Controller('api/v1/classifiers/:name')
export class VersionsController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BLOB_STORE) private readonly store: BlobStore,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  @Operation({
    id: 'listModelVersions',
    tag: 'Classifiers',
    summary: 'Lists the versions of a classifier, newest first',
    query: listQuery,
    answers: { 200: { description: 'A page of versions', content: json('ModelVersionPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID', 'CLASSIFIER_NOT_FOUND'],
  })
  @ClassifierPart('name')
  @Get('versions')
  async list(
    @Param('name') name: string,
    @QueryOf(listQuery) { limit, cursor }: z.output<typeof listQuery>,
    @Req() request: Request,
  ): Promise<Answer> {
    const { classifiers, versions, aliases } = this.workspace.models;
    await classifiers.get(name);
    const filters = { list: 'versions', classifier: name };
    const rows = await versions.page(name, numberBefore(cursor, filters), limit + 1);
    const named = await aliases.list(name);
    const shown = { itemOf: (row: ModelVersionRow) => versionResource(row, named), placeOf: ({ number }: ModelVersionRow) => `${number}` };
    return pageAnswer(request, pageBy(rows, limit, filters, shown));
  }

  @Operation({
    id: 'compareModelVersions',
    tag: 'Classifiers',
    summary: 'Shows versions side by side, with every number they were measured at',
    query: comparisonQuery,
    answers: { 200: { description: 'In the order in which they were named', content: json('ModelComparison') } },
    problems: ['REQUEST_INVALID', 'CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND'],
  })
  @ClassifierPart('name')
  @Get('comparison')
  async compare(
    @Param('name') name: string,
    @QueryOf(comparisonQuery) { versions }: z.output<typeof comparisonQuery>,
  ): Promise<Answer<ModelComparison>> {
    await this.workspace.models.classifiers.get(name);
    return ok(comparisonOf(name, await Promise.all(versions.map((number) => this.resource(name, number)))));
  }

  @Operation({
    id: 'getModelVersion',
    tag: 'Classifiers',
    summary: 'Shows a version: what it is, what it was measured at, how it decides',
    description: 'As `text/markdown` by `Accept`: its card.',
    requestHeaders: [ifNoneMatch],
    answers: { 200: { description: 'The version', content: { ...json('ModelVersion'), ...markdown }, headers: etagHeader } },
    problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND'],
  })
  @ClassifierPart('name', 'version')
  @Get('versions/:version')
  async get(@Param('name') name: string, @Param('version') version: string, @Req() request: Request): Promise<Answer> {
    const resource = await this.resource(name, numberOf(version));
    if (request.accepts(['application/json', 'text/markdown']) !== 'text/markdown') return tagged(resource);
    return {
      status: 200,
      headers: { Vary: 'Accept' },
      body: { bytes: Buffer.from(cardText(resource)), type: 'text/markdown; charset=utf-8' },
    };
  }

  @Operation({
    id: 'getModelArtifact',
    tag: 'Classifiers',
    summary: 'Downloads the artifact of a version: a safetensors file',
    requestHeaders: [ifNoneMatch],
    answers: { 200: { description: 'Its bytes, which never change', content: bytes, headers: etagHeader } },
    problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'BLOB_LOST', 'STORAGE_UNAVAILABLE'],
  })
  @ClassifierPart('name', 'version')
  @Get('versions/:version/artifact')
  async artifact(@Param('name') name: string, @Param('version') version: string): Promise<Answer> {
    const { artifact, number } = await this.row(name, numberOf(version));
    return {
      status: 200,
      headers: {
        ETag: `"${artifact.sha256}"`,
        'Cache-Control': 'private, max-age=31536000, immutable',
        'Content-Disposition': `attachment; filename="${name}-${number}.safetensors"`,
        'Content-Length': artifact.sizeBytes,
      },
      body: {
        type: 'application/octet-stream',
        stream: () => this.store.read({ workspaceId: this.workspace.id, sha256: artifact.sha256 }),
      },
    };
  }

  @Operation({
    id: 'changeModelDecision',
    tag: 'Classifiers',
    summary: 'Says anew how a version decides: thresholds by label, and when to answer unknown',
    description:
      'Without training again. It holds for all that is computed from now on, also of jobs that were accepted before; each result says which threshold it followed. `If-Match` takes the `ETag` of the version.',
    requestHeaders: [ifMatchRequired],
    body: json('DecisionChange'),
    answers: { 200: { description: 'The version as it is now', content: json('ModelVersion'), headers: etagHeader } },
    problems: [...jsonProblems, 'CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'],
  })
  @ClassifierPart('name', 'version')
  @Patch('versions/:version/decision')
  async decide(
    @Param('name') name: string,
    @Param('version') version: string,
    @Req() request: Request,
  ): Promise<Answer<ModelVersionResource>> {
    const expected = expectedRevision(request);
    const { decision: before } = await this.row(name, numberOf(version));
    const change = await parsedJson(request, decisionChange, this.limits);
    const decided = { ...before, ...change };
    await this.workspace.models.versions.decide(name, numberOf(version), decided, expected === 'whatever' ? null : expected);
    return tagged(await this.resource(name, numberOf(version)));
  }

  @Operation({
    id: 'deleteModelVersion',
    tag: 'Classifiers',
    summary: 'Deletes a version for good, with its artifact',
    description: 'While an alias points at it this is refused. Jobs that were to work with it fail.',
    answers: { 204: { description: 'It is gone' } },
    problems: ['CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'MODEL_IN_USE'],
  })
  @ClassifierPart('name', 'version')
  @Delete('versions/:version')
  async remove(@Param('name') name: string, @Param('version') version: string): Promise<Answer> {
    await this.workspace.models.versions.remove(name, numberOf(version));
    return nothing(204);
  }

  private async resource(name: string, number: number): Promise<ModelVersionResource> {
    const [row, aliases] = await Promise.all([this.row(name, number), this.workspace.models.aliases.list(name)]);
    return versionResource(row, aliases);
  }

  private async row(name: string, number: number): Promise<ModelVersionRow> {
    await this.workspace.models.classifiers.get(name);
    return this.workspace.models.versions.get(name, number);
  }
}

function tagged(resource: ModelVersionResource): Answer<ModelVersionResource> {
  return ok(resource, { ETag: revisionTag(resource.decisionRevision, resource), Vary: 'Accept' });
}
