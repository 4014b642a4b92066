import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sql } from './sql.js';
import { freshDatabase } from './testing/fresh-database.js';
import { rowShapes } from './testing/row-shapes.js';

const sources = fileURLToPath(new URL('.', import.meta.url));

async function filesOf(extension: string): Promise<{ name: string; text: string }[]> {
  const paths = (await readdir(sources, { recursive: true })).filter((path) => path.endsWith(extension) && !path.endsWith('.spec.ts'));
  return Promise.all(paths.map(async (name) => ({ name, text: await readFile(`${sources}${name}`, 'utf8') })));
}

const named = (texts: { text: string }[], mention: RegExp) =>
  [...new Set(texts.flatMap(({ text }) => [...text.matchAll(mention)].map((match) => match[1] ?? '')))].sort();

describe('the statements in files', () => {
  const fresh = freshDatabase();

  it('are all used, and so is each part of them', async () => {
    const files = await filesOf('.sql');
    const at = (folder: RegExp) => files.flatMap(({ name }) => folder.exec(name)?.[1] ?? []).sort();
    expect(at(/^sql\/([\w-]+)\.sql$/)).toEqual(named(await filesOf('.ts'), /\bsql\('([\w-]+)'\)/g));
    expect(at(/^sql\/parts\/([\w-]+)\.sql$/)).toEqual(named(files, /^ *-- include ([\w-]+),?$/gm));
  });

  it('have lines that can be read', async () => {
    const long = (await filesOf('.sql')).flatMap(({ name, text }) =>
      text.split('\n').flatMap((line, i) => (line.length > 120 ? [`${name}:${i + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  it('can each be prepared on the tables that the migrations make, and say what their rows look like', async () => {
    const names = (await filesOf('.sql')).flatMap(({ name }) => /^sql\/([\w-]+)\.sql$/.exec(name)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      await fresh.database.run({ name: '', text: `prepare "spec ${name}" as ${sql(name).text}` }, []);
      expect(rowShapes).toHaveProperty([name]);
    }
  });
});
