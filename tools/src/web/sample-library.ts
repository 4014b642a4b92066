import { readdir, readFile } from 'node:fs/promises';
import type { WebStack } from './web-stack.js';

const folder = 'library';
const filled = new WeakMap<WebStack, Promise<void>>();

/** Loops of each genre of the demonstration library with an index, a map and what does not belong; once for each stack. */
export function fillLibrary(stack: WebStack, each = 4): Promise<void> {
  const filling = filled.get(stack) ?? fill(stack, each);
  filled.set(stack, filling);
  return filling;
}

async function fill(stack: WebStack, each: number): Promise<void> {
  const form = new FormData();
  const samples: object[] = [];
  for (const { genre, name, bytes } of await loops(each)) {
    form.append('file', new Blob([bytes]), name);
    samples.push({ genre, tags: ['loop', name.replace(/^.*_|\.flac$/g, '')], licence: 'CC0-1.0', author: 'Earshot' });
  }
  form.append('samples', JSON.stringify(samples));
  await stack.ended(await stack.ask('/api/v1/library/clips', { method: 'POST', body: form }));
  for (const path of ['index-rebuilds', 'map', 'anomalies']) await stack.ended(await stack.post(`/api/v1/library/${path}`, {}));
}

/** Some of each genre, by their names. */
export async function loops(each: number): Promise<{ genre: string; name: string; bytes: Uint8Array<ArrayBuffer> }[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = [];
  for (const { name: genre } of entries.filter((entry) => entry.isDirectory())) {
    const names = (await readdir(`${folder}/${genre}`)).toSorted().slice(0, each);
    for (const name of names) found.push({ genre, name, bytes: new Uint8Array(await readFile(`${folder}/${genre}/${name}`)) });
  }
  return found;
}
