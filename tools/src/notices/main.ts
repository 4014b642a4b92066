// npm run notices            writes THIRD-PARTY-NOTICES from the lockfile and the installed packages
// npm run notices -- --check tells whether it is current, and whether docs/dependencies.md names what is under a copyleft (part of `npm run check`)
import { readFile, writeFile } from 'node:fs/promises';
import { programs } from '../deployment/programs.js';
import { lockfile } from './installed.js';
import { copyleftIn, noticesOf } from './notices.js';

const path = 'THIRD-PARTY-NOTICES';
const [argument] = process.argv.slice(2);
const images = [...new Set(Array.from(programs.values(), ({ target }) => target))].sort();
const current = await noticesOf(images, lockfile.parse(JSON.parse(await readFile('package-lock.json', 'utf8'))));

if (argument === undefined) await writeFile(path, current);
else if (argument !== '--check') {
  console.error('Usage: npm run notices, or npm run notices -- --check');
  process.exitCode = 2;
} else {
  const faults = [...(await staleness()), ...(await unnamed())];
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function staleness(): Promise<string[]> {
  const isCurrent = (await readFile(path, 'utf8').catch(() => '')) === current;
  return isCurrent ? [] : [`${path} is not what the lockfile and the packages make; \`npm run notices\` writes it`];
}

async function unnamed(): Promise<string[]> {
  const told = await readFile('docs/dependencies.md', 'utf8');
  const section = told.split(/^## /m).find((text) => text.startsWith('Licences')) ?? '';
  return copyleftIn(current)
    .filter((name) => !section.includes(`| ${name} |`))
    .map((name) => `docs/dependencies.md, Licences, does not say what the licence of ${name} means`);
}
