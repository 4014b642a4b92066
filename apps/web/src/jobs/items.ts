import { answer, api } from '../api/client.js';
import { Failure } from '../api/failure.js';
import { saveFile } from '../api/save-file.js';
import type { components } from '../generated/openapi.js';

export type Item = components['schemas']['Item'];
export type ItemForm = 'text/csv' | 'application/jsonl';

/** Items of a job, from the first on and no more than so many: as lines, so that ten thousand of them are one request. */
export async function readItems(jobId: string, state: Item['state'] | undefined, most: number): Promise<Item[]> {
  const lines = await answer(
    api.GET('/api/v1/jobs/{id}/items', {
      params: { path: { id: jobId }, query: { state } },
      headers: { Accept: 'application/jsonl' },
      parseAs: 'stream',
    }),
  );
  if (!(lines instanceof ReadableStream)) throw new Failure({ title: 'There are no items', detail: 'The answer has no body.' });
  const items: Item[] = [];
  let rest = '';
  for await (const text of chunksOf(lines.pipeThrough(new TextDecoderStream()))) {
    const [...whole] = (rest + text).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) {
      if (items.length === most) return items;
      items.push(JSON.parse(line));
    }
  }
  return items;
}

/** All items of a job as a file that the browser keeps. */
export async function saveItems(jobId: string, form: ItemForm): Promise<void> {
  const file: unknown = await answer(
    api.GET('/api/v1/jobs/{id}/items', { params: { path: { id: jobId } }, headers: { Accept: form }, parseAs: 'blob' }),
  );
  if (!(file instanceof Blob)) throw new Failure({ title: 'There is no file', detail: 'The answer has no body.' });
  saveFile(file, `${jobId}.${form === 'text/csv' ? 'csv' : 'jsonl'}`);
}

/** What the client calls an item, or what it was called when it came. */
export function nameOfItem({ customId, filename, clipId, index }: Item): string {
  return customId ?? filename ?? clipId ?? `item ${index}`;
}

/** Chunk by chunk; whoever stops early ends the transfer. */
async function* chunksOf(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel();
  }
}
