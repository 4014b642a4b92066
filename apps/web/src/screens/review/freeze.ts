import { answer, api } from '../../api/client.js';
import type { components } from '../../generated/openapi.js';
import type { Decision } from './decisions.js';

export type DatasetVersion = components['schemas']['DatasetVersion'];

const pageSize = 200;
const mostPages = 25;

/** Writes what people said into a dataset, which is made where there is none, and freezes it. */
export async function freeze(name: string, decisions: readonly Decision[]): Promise<DatasetVersion> {
  const path = { name };
  if (!(await isThere(name)))
    await answer(api.POST('/api/v1/datasets', { body: { name, description: 'Answers that people gave in review' } }));
  const entries = decisions.map(({ clipId, label }) => ({ clipId, label }));
  await answer(api.POST('/api/v1/datasets/{name}/clips', { params: { path }, body: { entries } }));
  return answer(api.POST('/api/v1/datasets/{name}/versions', { params: { path } }));
}

/** The clips that the dataset has with a label: nobody is asked about them again. */
export async function labelledIn(name: string): Promise<Set<string>> {
  if (!(await isThere(name))) return new Set();
  const entries = await readPages((query) => answer(api.GET('/api/v1/datasets/{name}/clips', { params: { path: { name }, query } })));
  return new Set(entries.filter(({ label }) => label !== null).map(({ clipId }) => clipId));
}

/** Looked for in the list: to ask for what is not there is a fault in the browser's console. */
async function isThere(name: string): Promise<boolean> {
  const datasets = await readPages((query) => answer(api.GET('/api/v1/datasets', { params: { query } })));
  return datasets.some((dataset) => dataset.name === name);
}

async function readPages<Item>(
  read: (query: { limit: number; cursor: string | undefined }) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const { items: some, nextCursor } = await read({ limit: pageSize, cursor });
    items.push(...some);
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return items;
}
