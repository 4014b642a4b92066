import type { JobRow } from '@earshot/database';
import type { Request, Response } from 'express';
import { sendStream } from '../requests/send-stream.js';
import { itemsTable } from './items-csv.js';
import type { JobLists } from './job-lists.js';
import type { ItemsQuery } from './job-queries.js';
import { sendPage } from './send-page.js';

interface ItemsRequest {
  job: JobRow;
  query: ItemsQuery;
  lists: JobLists;
}

/** A page of items as JSON, or every item as JSON lines or CSV, in the form that the Accept header prefers. */
export async function sendItems(request: Request, response: Response, { job, query, lists }: ItemsRequest): Promise<void> {
  const type = request.accepts(['application/json', 'application/jsonl', 'application/x-ndjson', 'text/csv']);
  response.setHeader('Vary', 'Accept');
  if (type === 'text/csv') {
    const table = itemsTable(job);
    await sendStream(response, { type: 'text/csv; charset=utf-8', filename: `${job.id}.csv` }, async function* () {
      yield table.header;
      for await (const items of lists.everyItem(job.id, query)) yield table.rows(items);
    });
  } else if (type === 'application/jsonl' || type === 'application/x-ndjson') {
    await sendStream(response, { type, filename: `${job.id}.jsonl` }, async function* () {
      for await (const items of lists.everyItem(job.id, query)) yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
    });
  } else sendPage(request, response, await lists.items(job.id, query));
}
