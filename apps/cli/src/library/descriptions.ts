import { readFile } from 'node:fs/promises';
import { EarshotError, type SampleSaid, sampleChange } from '@earshot/contracts';
import type { SourceFile } from '../data/labels.js';
import { say } from '../terminal.js';

/** A file, and what is said of the sample: by its manifest, and on top of that by the JSON of the same name beside it (`kick.wav`, `kick.json`). */
export type DescribedFile<File extends SourceFile> = File & { described: SampleSaid };

/** Reads what stands beside files; descriptions are no files to import themselves. */
export async function withDescriptions<File extends SourceFile>(files: readonly File[]): Promise<DescribedFile<File>[]> {
  const sidecars = new Map(files.filter(({ path }) => path.endsWith('.json')).map((file) => [stemOf(file.path), file]));
  const sounds = files.filter(({ path }) => !path.endsWith('.json'));
  return Promise.all(
    sounds.map(async (file) => ({ ...file, described: { ...inManifest(file), ...(await beside(sidecars.get(stemOf(file.path)))) } })),
  );
}

function inManifest({ path, cells: row = {} }: SourceFile): SampleSaid {
  const { tags, licence, author, source, url, metadata } = row;
  const cells = {
    tags: typeof tags === 'string' ? tags.split(/[;,]/).map((tag) => tag.trim()) : tags,
    licence,
    author,
    source,
    url,
    metadata: typeof metadata === 'string' && metadata !== '' ? jsonOf(metadata) : metadata,
  };
  const told = Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== '' && cell !== null);
  const read = sampleChange.safeParse(
    Object.fromEntries(told.map(([name, cell]) => [name, Array.isArray(cell) ? cell.filter(Boolean) : cell])),
  );
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new EarshotError('REQUEST_INVALID', `What the manifest says of ${path} cannot be: ${issue?.path.join('.')}: ${issue?.message}`);
}

async function beside(sidecar: SourceFile | undefined): Promise<SampleSaid> {
  if (sidecar === undefined) return {};
  const read = sampleChange.safeParse(jsonOf(await readFile(sidecar.at, 'utf8')));
  if (read.success) return read.data;
  say(`${sidecar.path} is no description of a sample: passed over (${read.error.issues[0]?.message})`);
  return {};
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function stemOf(path: string): string {
  return path.replace(/\.[^./]*$/, '');
}
