import { EarshotError, type LibraryIndex } from '@earshot/contracts';
import type { IndexVersionRow, Workspace } from '@earshot/database';
import { VectorStore } from '@earshot/vectors';
import { Controller, Get, Inject } from '@nestjs/common';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { WORKSPACE } from '../tokens.js';

/** Which indexes the library has, and whether they are what they should be. */
@Controller('api/v1/library/indexes')
export class IndexesController {
  constructor(
    @Inject(WORKSPACE) private readonly workspace: Workspace,
    private readonly vectors: VectorStore,
  ) {}

  @Operation({
    id: 'listLibraryIndexes',
    tag: 'Library',
    summary: 'Lists the indexes of the library and compares each with what should be in it',
    description: 'What differs is repaired by itself, mostly within a second; a collection that was lost is written anew.',
    answers: { 200: { description: 'All of them', content: json('LibraryIndexes') } },
    problems: [],
  })
  @Get()
  async list(): Promise<Answer<{ items: LibraryIndex[] }>> {
    const versions = await this.workspace.indexes.list();
    return ok({ items: await Promise.all(versions.map((version) => this.resourceOf(version))) });
  }

  private async resourceOf({ id, embedder, number, metric, state, jobId, createdAt, report, collection }: IndexVersionRow) {
    const [counts, inChroma] = await Promise.all([this.workspace.indexes.entriesOf(id).counts(), this.countOf(collection)]);
    return {
      id,
      embedder,
      number,
      metric,
      state,
      jobId,
      createdAt: createdAt.toISOString(),
      ...counts,
      inChroma,
      report: report && { ...report },
    };
  }

  /** Null where that cannot be told now. */
  private async countOf(collection: string): Promise<number | null> {
    try {
      return await this.vectors.ask(collection, (found) => found.count());
    } catch (error) {
      if (error instanceof EarshotError && error.code === 'INDEX_UNAVAILABLE') return null;
      throw error;
    }
  }
}
