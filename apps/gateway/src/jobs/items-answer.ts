import { contractColumns, type ItemResource } from '@earshot/contracts';
import type { JobRow } from '@earshot/database';
import { Injectable } from '@nestjs/common';
import type { Answer } from '../requests/answer.js';
import type { ItemsForm } from '../requests/items-form.js';
import { Kinds } from '../work/kinds.js';
import { itemsTable } from './items-csv.js';
import { JobLists } from './job-lists.js';
import type { ItemsQuery } from './job-queries.js';

/** All items of a job as JSON lines or as a table. */
@Injectable()
export class ItemsDownload {
  constructor(
    private readonly lists: JobLists,
    private readonly kinds: Kinds,
  ) {}

  answer(job: JobRow, form: Exclude<ItemsForm, 'application/json'>, query: Pick<ItemsQuery, 'state' | 'cursor'> = {}): Answer {
    const isTable = form === 'text/csv';
    const { header, rows } = isTable ? this.tableOf(job) : lines;
    const pages = this.lists.everyItem(job.id, query);
    async function* pieces() {
      const first = await pages.next(); // before the header: what is wrong from the start is still an answer with its status
      yield header + (first.done ? '' : rows(first.value));
      for await (const items of pages) yield rows(items);
    }
    const headers = {
      'Content-Disposition': `attachment; filename="${job.id}.${isTable ? 'csv' : 'jsonl'}"`,
      'Cache-Control': 'no-store, no-transform',
      Vary: 'Accept',
    };
    return { status: 200, headers, body: { type: isTable ? 'text/csv; charset=utf-8' : form, stream: pieces } };
  }

  private tableOf(job: JobRow) {
    const kind = this.kinds.get(job.kind);
    return itemsTable(this.kinds.rulesOf(kind)?.columns?.(job.input) ?? contractColumns(kind));
  }
}

const lines = { header: '', rows: (items: ItemResource[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('') };
