import { type ClassifierResource, classifierChange } from '@earshot/contracts';
import type { Workspace } from '@earshot/database';
import { Controller, Get, Inject, Param, Patch, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { ClassifierPart } from '../docs/classifier-parts.js';
import { Operation } from '../docs/operation.js';
import { etagHeader, ifMatchRequired, json, jsonProblems, linkHeader } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { readCursor } from '../requests/cursor.js';
import { expectedRevision, revisionTag } from '../requests/expected-revision.js';
import { pageAnswer, pageBy, paging } from '../requests/paging.js';
import { parsedJson } from '../requests/parsed-json.js';
import { QueryOf } from '../requests/query.js';
import { BODY_LIMITS, WORKSPACE } from '../tokens.js';
import type { BodyLimits } from '../uploads/limits.js';
import { classifierResource } from './classifier-resources.js';

const listQuery = z.strictObject(paging);
const listName = { list: 'classifiers' };

/** Names under which versions of models are kept, and where their traffic goes. */
@Controller('api/v1/classifiers')
export class ClassifiersController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    @Inject(BODY_LIMITS) private readonly limits: BodyLimits,
  ) {}

  @Operation({
    id: 'listClassifiers',
    tag: 'Classifiers',
    summary: 'Lists classifiers by name',
    query: listQuery,
    answers: { 200: { description: 'A page of classifiers', content: json('ClassifierPage'), headers: linkHeader } },
    problems: ['REQUEST_INVALID', 'CURSOR_INVALID'],
  })
  @Get()
  async list(@QueryOf(listQuery) { limit, cursor }: z.output<typeof listQuery>, @Req() request: Request): Promise<Answer> {
    const after = cursor === undefined ? null : readCursor(cursor, listName);
    const rows = await this.workspace.models.classifiers.page(after, limit + 1);
    const page = pageBy(rows, limit, listName, { itemOf: (row) => row, placeOf: ({ name }) => name });
    return pageAnswer(request, { ...page, items: await Promise.all(page.items.map((row) => this.withAliases(row))) });
  }

  @Operation({
    id: 'getClassifier',
    tag: 'Classifiers',
    summary: 'Shows a classifier: its aliases, and where its traffic goes',
    answers: { 200: { description: 'The classifier', content: json('Classifier'), headers: etagHeader } },
    problems: ['CLASSIFIER_NOT_FOUND'],
  })
  @ClassifierPart('name')
  @Get(':name')
  async get(@Param('name') name: string): Promise<Answer<ClassifierResource>> {
    return this.answer(await this.workspace.models.classifiers.get(name));
  }

  @Operation({
    id: 'changeClassifier',
    tag: 'Classifiers',
    summary: 'Changes the description of a classifier, or where its traffic goes',
    description:
      'Traffic holds for jobs that name neither alias nor version and are accepted from now on. Each falls to one alias by a hash of its id, and what it fell to is recorded in the result of each of its items.',
    requestHeaders: [ifMatchRequired],
    body: json('ClassifierChange'),
    answers: { 200: { description: 'The classifier as it is now', content: json('Classifier'), headers: etagHeader } },
    problems: [...jsonProblems, 'CLASSIFIER_NOT_FOUND', 'ALIAS_NOT_FOUND', 'PRECONDITION_FAILED', 'PRECONDITION_REQUIRED'],
  })
  @ClassifierPart('name')
  @Patch(':name')
  async change(@Param('name') name: string, @Req() request: Request): Promise<Answer<ClassifierResource>> {
    const expected = expectedRevision(request);
    const change = await parsedJson(request, classifierChange, this.limits);
    return this.answer(await this.workspace.models.classifiers.change(name, change, expected === 'whatever' ? null : expected));
  }

  private async answer(row: Parameters<typeof classifierResource>[0]): Promise<Answer<ClassifierResource>> {
    const resource = await this.withAliases(row);
    return ok(resource, { ETag: revisionTag(row.revision, resource) });
  }

  private async withAliases(row: Parameters<typeof classifierResource>[0]): Promise<ClassifierResource> {
    return classifierResource(row, await this.workspace.models.aliases.list(row.name));
  }
}
