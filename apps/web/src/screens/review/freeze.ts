import { answer, api } from '../../api/client.js';
import { pagesOf } from '../../api/pages.js';
import type { components } from '../../generated/openapi.js';
import type { Decision } from './decisions.js';

export type DatasetVersion = components['schemas']['DatasetVersion'];

/** More datasets, and clips of one, are not looked through. */
const most = 5_000;
const limit = 200;

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
  const entries = await pagesOf(
    (cursor) => answer(api.GET('/api/v1/datasets/{name}/clips', { params: { path: { name }, query: { limit, cursor } } })),
    most,
  );
  return new Set(entries.filter(({ label }) => label !== null).map(({ clipId }) => clipId));
}

/** Looked for in the list: to ask for what is not there is a fault in the browser's console. */
async function isThere(name: string): Promise<boolean> {
  const datasets = await pagesOf((cursor) => answer(api.GET('/api/v1/datasets', { params: { query: { limit, cursor } } })), most);
  return datasets.some((dataset) => dataset.name === name);
}
