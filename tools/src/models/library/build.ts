// npm run models:build -- library: makes the loops of the demonstration library and writes them as FLAC to library/
// (needs ffmpeg). The check decodes them and compares samples, for which no encoder is needed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { wavFile } from '@earshot/audio';
import { readClip } from '../../parity/clip.js';
import { synthesisRate } from '../synthesis/synthesizer.js';
import { type LibraryLoop, libraryLoops } from './loops.js';

const folder = fileURLToPath(new URL('../../../../library', import.meta.url));
const manifest = fileURLToPath(new URL('../../../../library/manifest.csv', import.meta.url));
const seed = 7;

export async function buildLibrary(): Promise<void> {
  let sizeBytes = 0;
  let seconds = 0;
  let loops = 0;
  for (const loop of libraryLoops(seed)) {
    const file = fileOf(loop);
    mkdirSync(join(folder, loop.genre), { recursive: true });
    const wav = `${file}.wav`;
    const samples = loop.render();
    writeFileSync(wav, wavFile([samples], { sampleRate: synthesisRate, sampleFormat: 'pcm16' }));
    const encoder = ['-v', 'error', '-y', '-i', wav, '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact'];
    const { status, stderr, error } = spawnSync('ffmpeg', [...encoder, '-c:a', 'flac', '-compression_level', '12', file], {
      encoding: 'utf8',
    });
    rmSync(wav);
    if (status !== 0) throw new Error(`ffmpeg: ${error?.message ?? stderr}`);
    sizeBytes += statSync(file).size;
    seconds += samples.length / synthesisRate;
    loops++;
  }
  writeFileSync(manifest, manifestText());
  console.log(JSON.stringify({ loops, seconds, sizeBytes }));
}

/** The loops as they lie in the repository. */
export function libraryFiles(): { genre: string; pack: string; file: string }[] {
  return [...libraryLoops(seed)].map((loop) => ({ genre: loop.genre, pack: loop.pack, file: fileOf(loop) }));
}

/** `--check`: every loop is there as it would be made today, and no other. */
export async function checkLibrary(): Promise<void> {
  const faults: string[] = [];
  const expected = new Set<string>();
  for (const loop of libraryLoops(seed)) {
    const file = fileOf(loop);
    expected.add(file);
    if (!existsSync(file)) faults.push(`${loop.name} is not there`);
    else {
      const { samples, sampleRate } = await readClip(file);
      const made = loop.render();
      const isSame = sampleRate === synthesisRate && samples.length === made.length && samples.every((value, i) => value === made[i]);
      if (!isSame) faults.push(`${loop.name} would be made otherwise today`);
    }
  }
  if (!existsSync(manifest) || readFileSync(manifest, 'utf8') !== manifestText())
    faults.push('manifest.csv would be written otherwise today');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const found = files.filter((name) => name.endsWith('.flac'));
  for (const name of found) if (!expected.has(join(folder, name))) faults.push(`${name} is none of the loops`);
  console.log(JSON.stringify({ library: found.length, ok: faults.length === 0, faults }));
  if (faults.length > 0) process.exitCode = 1;
}

/** What an import takes: which file is of which genre and pack, and what else is known of it. */
function manifestText(): string {
  const rows = [...libraryLoops(seed)].map(({ genre, name, pack, part, bpm }) =>
    [`${genre}/${name}.flac`, genre, pack, `loop;${part};${bpm} bpm`, 'CC0-1.0', 'Earshot', 'npm run models:build -- library'].join(','),
  );
  return `${['file,genre,group,tags,licence,author,source', ...rows].join('\n')}\n`;
}

function fileOf({ genre, name }: LibraryLoop): string {
  return join(folder, genre, `${name}.flac`);
}
