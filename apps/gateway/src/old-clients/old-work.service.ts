import type { ItemResource, JobInput, Kind } from '@earshot/contracts';
import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { JobLists } from '../jobs/job-lists.js';
import type { Answer } from '../requests/answer.js';
import type { ReceivedFile } from '../uploads/receive-form.js';
import type { Terms } from '../work/terms.js';
import { WorkService } from '../work/work.service.js';
import { WorkAnswers } from '../work/work-answers.js';

/** Work for the old systems' clients: as any other does it, through the queue, and waited for. */
@Injectable()
export class OldWork {
  constructor(
    private readonly work: WorkService,
    private readonly answers: WorkAnswers,
    private readonly lists: JobLists,
  ) {}

  /** What became of each file, also when all of them failed; or what is answered instead: that the job goes on, or why there is no result. */
  async onFiles<K extends Kind>(
    kind: K,
    input: JobInput<K>,
    files: ReceivedFile[],
    { request, terms }: { request: Request; terms: Terms },
  ): Promise<ItemResource[] | { instead: Answer }> {
    const outcome = await this.work.onFiles(kind, input, files, terms);
    if ('result' in outcome && outcome.result.items?.length === files.length) return outcome.result.items;
    const hasItems = 'result' in outcome || ('problem' in outcome && outcome.problem.code === 'ALL_ITEMS_FAILED');
    if (!hasItems) return { instead: await this.answers.answerOf(outcome, request, terms) };
    const items: ItemResource[] = [];
    for await (const page of this.lists.everyItem(outcome.jobId, {})) items.push(...page);
    return items;
  }
}
