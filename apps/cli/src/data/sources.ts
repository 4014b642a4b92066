import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { EarshotError } from '@earshot/contracts';
import type { SourceFile } from './labels.js';
import { isManifest, type ManifestRow, readEsc50, readManifest } from './manifest.js';
import { unpackNpy } from './npy.js';
import { unpackTar } from './tar.js';
import { unpackZip } from './unzip.js';

/** The files of a folder, an archive or a manifest, in an order that is always the same. Archives are unpacked into `folder`. */
export async function filesOfSource(source: string, folder: string, { sampleRate }: { sampleRate: number }): Promise<SourceFile[]> {
  const found = await stat(source).catch(() => null);
  if (found === null) throw new EarshotError('FILE_NOT_FOUND', `There is no file or folder ${source}`);
  if (!found.isDirectory() && isManifest(source))
    return byRows(source, readManifest(source, await readFile(source, 'utf8')), await listed(dirname(resolve(source))));
  const files = found.isDirectory() ? await listed(source) : await unpacked(source, folder);
  const manifest = files.find(({ path }) => path === 'manifest.csv'); // as an export has it
  if (manifest !== undefined) return byRows(manifest.path, readManifest(manifest.path, await readFile(manifest.at, 'utf8')), files);
  const esc50 = files.find(({ path }) => /(^|\/)meta\/esc50\.csv$/.test(path)); // its archive has all of it in a folder
  if (esc50 !== undefined) return byRows(esc50.path, readEsc50(esc50.path, await readFile(esc50.at, 'utf8')), beside(esc50, files));
  const waveforms: SourceFile[] = [];
  for (const file of files.filter(({ path }) => path.endsWith('.npy'))) waveforms.push(...(await unpackNpy(file, folder, sampleRate)));
  return sorted([...files.filter(({ path }) => !path.endsWith('.npy')), ...waveforms]);
}

async function listed(root: string): Promise<SourceFile[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return sorted(
    entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => {
        const at = join(entry.parentPath, entry.name);
        return { at, path: relative(root, at).split(sep).join('/') };
      }),
  );
}

async function unpacked(archive: string, folder: string): Promise<SourceFile[]> {
  if (/\.zip$/i.test(archive)) return sorted(await unpackZip(archive, folder));
  if (/\.(tar|tar\.gz|tgz)$/i.test(archive)) return sorted(await unpackTar(archive, folder));
  throw new EarshotError('REQUEST_INVALID', `${archive} is neither a folder nor a .zip, .tar, .tar.gz, .csv or .jsonl`);
}

/** The files in the folder `audio` that belongs to this list, by their names. */
function beside(esc50: SourceFile, files: SourceFile[]): SourceFile[] {
  const folder = `${esc50.path.slice(0, -'meta/esc50.csv'.length)}audio/`;
  return files.filter(({ path }) => path.startsWith(folder)).map(({ at, path }) => ({ at, path: path.slice(folder.length) }));
}

/** The files that a list names; one that is not among those of its source is an error, and leads nowhere else. */
function byRows(name: string, rows: ManifestRow[], files: SourceFile[]): SourceFile[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  return sorted(
    rows.flatMap(({ file: path, isLost, cells, ...said }) => {
      if (isLost) return [];
      const file = byPath.get(path.replace(/^\.\//, ''));
      if (file === undefined) throw new EarshotError('FILE_NOT_FOUND', `${name} names ${path}, which is not beside it`);
      return [{ ...file, said, cells }];
    }),
  );
}

function sorted(files: SourceFile[]): SourceFile[] {
  return files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
