import type { LibraryStats } from '@earshot/contracts';
import { Controller, Get } from '@nestjs/common';
import { Operation } from '../docs/operation.js';
import { json } from '../docs/shared-parts.js';
import { type Answer, ok } from '../requests/answer.js';
import { LibraryStatistics } from './library-stats.service.js';

@Controller('api/v1/library/stats')
export class LibraryStatsController {
  constructor(private readonly statistics: LibraryStatistics) {}

  @Operation({
    id: 'getLibraryStats',
    tag: 'Library',
    summary: 'Counts the samples by genre, tag, licence and author, their durations, and the indexes of them',
    answers: { 200: { description: 'What is in the library', content: json('LibraryStats') } },
    problems: [],
  })
  @Get()
  async get(): Promise<Answer<LibraryStats>> {
    return ok(await this.statistics.read());
  }
}
