import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Outcome } from './outcome.js';

const dist = 'apps/web/dist';
const limitBytes = 200_000;
const firstScreen = 'src/screens/try/screen.tsx';

/** Vite's list of what it built: of each source its file, and what that imports. */
const manifest = z.record(z.string(), z.object({ file: z.string(), imports: z.array(z.string()).default([]) }));

/** The script that a browser fetches before it shows the first screen, compressed: the page's, the screen's, and what both import. */
export async function firstLoadFits(): Promise<Outcome> {
  const chunks = manifest.parse(JSON.parse(await readFile(`${dist}/.vite/manifest.json`, 'utf8')));
  const files = new Set<string>();
  const waiting = ['index.html', firstScreen];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = chunks[name];
    if (chunk === undefined) return { passed: 0, failed: 1, output: `${dist} has no ${name}` };
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    waiting.push(...chunk.imports);
  }
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  const sizes = await Promise.all(scripts.map(async (file) => gzipSync(await readFile(`${dist}/${file}`)).byteLength));
  const sum = sizes.reduce((total, size) => total + size, 0);
  const output = `The first screen needs ${sum} bytes of compressed script, of ${limitBytes}: ${scripts.map((file, i) => `${file} ${sizes[i]}`).join(', ')}`;
  return sum <= limitBytes ? { passed: 1, failed: 0, output } : { passed: 0, failed: 1, output };
}
