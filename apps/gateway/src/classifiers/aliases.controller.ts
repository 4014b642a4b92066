import { aliasName, aliasTarget, type ClassifierAliasResource, productionAlias } from '@earshot/contracts';
import type { ClassifierAliasRow, Workspace } from '@earshot/database';
import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { ClassifierPart } from '../docs/classifier-parts.js';
import { Operation } from '../docs/operation.js';
import { etagHeader, ifMatch, ifMatchRequired, json, jsonProblems } from '../docs/shared-parts.js';
import { type Answer, nothing, ok } from '../requests/answer.js';
import { expectedRevision, expectedRevisionIfAny, revisionTag } from '../requests/expected-revision.js';
import { requestInvalid } from '../requests/parse.js';
import { parsedJson } from '../requests/parsed-json.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { aliasResource, numberOf } from './classifier-resources.js';

const promotion = z.strictObject({ alias: aliasName.default(productionAlias).meta({ description: 'Which; `production` by default' }) });

const moved = { 200: { description: 'The alias as it is now', content: json('ClassifierAlias'), headers: etagHeader } };

/** The names that point at versions: to move one is to put another version to work, without a restart. */
@Controller('api/v1/classifiers/:name')
export class AliasesController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  @Operation({
    id: 'listClassifierAliases',
    tag: 'Classifiers',
    summary: 'Lists the aliases of a classifier',
    answers: { 200: { description: 'All of them', content: json('ClassifierAliases') } },
    problems: ['CLASSIFIER_NOT_FOUND'],
  })
  @ClassifierPart('name')
  @Get('aliases')
  async list(@Param('name') name: string): Promise<Answer<{ items: ClassifierAliasResource[] }>> {
    await this.workspace.models.classifiers.get(name);
    return ok({ items: (await this.workspace.models.aliases.list(name)).map((row) => aliasResource(name, row)) });
  }

  @Operation({
    id: 'getClassifierAlias',
    tag: 'Classifiers',
    summary: 'Shows where an alias points',
    answers: { 200: { description: 'The alias', content: json('ClassifierAlias'), headers: etagHeader } },
    problems: ['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND'],
  })
  @ClassifierPart('name', 'alias')
  @Get('aliases/:alias')
  async get(@Param('name') name: string, @Param('alias') alias: string): Promise<Answer<ClassifierAliasResource>> {
    await this.workspace.models.classifiers.get(name);
    return answer(name, await this.workspace.models.aliases.get(name, alias));
  }

  @Operation({
    id: 'moveClassifierAlias',
    tag: 'Classifiers',
    summary: 'Points an alias at a version',
    description:
      'Only from where you know it to be: send its `ETag` as `If-Match`, or `If-None-Match: *` to make it. Jobs that are accepted from now on follow it; those that were accepted before keep their version.',
    requestHeaders: [ifMatchRequired],
    body: json('AliasTarget'),
    answers: moved,
    problems: [...jsonProblems, 'CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'],
  })
  @ClassifierPart('name', 'alias')
  @Put('aliases/:alias')
  async move(
    @Param('name') name: string,
    @Param('alias') alias: string,
    @Req() request: Request,
  ): Promise<Answer<ClassifierAliasResource>> {
    const expected = expectedRevision(request);
    const { version } = await parsedJson(request, aliasTarget, this.limits);
    checkAlias(alias);
    return answer(name, await this.workspace.models.aliases.move(name, alias, version, expected));
  }

  @Operation({
    id: 'rollBackClassifierAlias',
    tag: 'Classifiers',
    summary: 'Points an alias at the version it pointed at before',
    description: 'Of those that are still there. Once more undoes it.',
    requestHeaders: [ifMatch],
    answers: moved,
    problems: ['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'NOTHING_TO_ROLL_BACK', 'PRECONDITION_FAILED'],
  })
  @ClassifierPart('name', 'alias')
  @HttpCode(200)
  @Post('aliases/:alias/rollback')
  async rollBack(
    @Param('name') name: string,
    @Param('alias') alias: string,
    @Req() request: Request,
  ): Promise<Answer<ClassifierAliasResource>> {
    return answer(name, await this.workspace.models.aliases.rollBack(name, alias, expectedRevisionIfAny(request)));
  }

  @Operation({
    id: 'deleteClassifierAlias',
    tag: 'Classifiers',
    summary: 'Takes an alias away; the version stays',
    requestHeaders: [ifMatchRequired],
    answers: { 204: { description: 'It is gone' } },
    problems: ['CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'MODEL_IN_USE', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'],
  })
  @ClassifierPart('name', 'alias')
  @Delete('aliases/:alias')
  async remove(@Param('name') name: string, @Param('alias') alias: string, @Req() request: Request): Promise<Answer> {
    await this.workspace.models.aliases.remove(name, alias, expectedRevision(request));
    return nothing(204);
  }

  @Operation({
    id: 'promoteModelVersion',
    tag: 'Classifiers',
    summary: 'Points `production`, or another alias, at a version, wherever it pointed',
    description: 'With `If-Match`, the `ETag` of that alias, only from there.',
    query: promotion,
    requestHeaders: [ifMatch],
    answers: moved,
    problems: ['REQUEST_INVALID', 'CLASSIFIER_NOT_FOUND', 'MODEL_VERSION_NOT_FOUND', 'PRECONDITION_FAILED'],
  })
  @ClassifierPart('name', 'version')
  @HttpCode(200)
  @Post('versions/:version/promote')
  async promote(
    @Param('name') name: string,
    @Param('version') version: string,
    @QueryOf(promotion) { alias }: z.output<typeof promotion>,
    @Req() request: Request,
  ): Promise<Answer<ClassifierAliasResource>> {
    const { aliases } = this.workspace.models;
    return answer(name, await aliases.move(name, alias, numberOf(version), expectedRevisionIfAny(request)));
  }
}

function answer(classifier: string, row: ClassifierAliasRow): Answer<ClassifierAliasResource> {
  return ok(aliasResource(classifier, row), { ETag: revisionTag(row.version) });
}

function checkAlias(alias: string): void {
  const { success, error } = aliasName.safeParse(alias);
  if (!success) throw requestInvalid([{ pointer: '#/alias', detail: error.issues[0]?.message ?? 'is no name' }]);
}
