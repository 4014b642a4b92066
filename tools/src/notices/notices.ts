import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Bundled, bundled, furtherTexts } from './bundled.js';
import { installedFor, type Lockfile } from './installed.js';

const person = z.union([z.string(), z.object({ name: z.string(), email: z.string().optional() })]);
const manifest = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
  licenses: z.array(z.object({ type: z.string() })).optional(),
  author: person.optional(),
  contributors: z.array(person).optional(),
});

/** One package, or one library inside a package, as it stands in the list. */
interface Notice {
  name: string;
  license: string;
  images: readonly string[];
  /** The licence as the package brings it, or the licence's standard text below the names of its authors. */
  text: string;
}

const preamble = `Third-party notices

What the images of Earshot carry beside Earshot itself, by which licence, and the licences' texts. Made by \`npm run notices\` from the
lockfile and the installed packages. Each package: name, version, licence, the images it is in, the number of its text below.

Node.js comes with the base image (its licence and those of what it contains: /usr/local/LICENSE), Debian's packages with their own
(/usr/share/doc/*/copyright); the extractor's has ffmpeg as Debian builds it, under the GPL 2 or later, a program that is only started.
The PostgreSQL that \`npm start\` runs is in no image: npm brings it from its author.
`;

/** Workspaces whose packages are in an image as what was built of them. */
const builtInto: Readonly<Record<string, readonly string[]>> = { gateway: ['web'] };

/** The text of THIRD-PARTY-NOTICES for the images of these names, each with what its workspace apps/<name> needs. */
export async function noticesOf(images: readonly string[], lockfile: Lockfile): Promise<string> {
  const imagesOf = new Map<string, string[]>();
  for (const image of images) {
    const workspaces = [image, ...(builtInto[image] ?? [])];
    const paths = new Set(workspaces.flatMap((workspace) => installedFor(`apps/${workspace}`, lockfile)));
    for (const path of paths) imagesOf.set(path, [...(imagesOf.get(path) ?? []), image]);
  }
  const notices = (await Promise.all(Array.from(imagesOf, ([path, where]) => noticesOfPackage(path, where, lockfile)))).flat();
  return rendered(unique(notices));
}

/** The licences that ask more of who passes a package on than to keep its notice: docs/dependencies.md says of each what it means. */
export function copyleftIn(notices: string): string[] {
  return Array.from(notices.matchAll(/^(\S+)[^|\n]* \|[^|\n]*\b(?:[AL]?GPL|MPL|EPL|CDDL|CC-BY-SA)-/gm), ([, name]) => name!);
}

async function noticesOfPackage(path: string, images: readonly string[], { packages }: Lockfile): Promise<Notice[]> {
  const { name, version, license, licenses, author, contributors } = manifest.parse(
    JSON.parse(await readFile(`${path}/package.json`, 'utf8')),
  );
  if (version !== packages[path]?.version) throw new Error(`${path} is not installed as the lockfile has it: npm ci`);
  const inside = bundled[name] ?? [];
  const texts = await textsIn(path, furtherTexts[name] ?? []);
  const spdx = (typeof license === 'object' ? license.type : license) ?? licenses?.[0]?.type ?? 'see its text';
  const authors = [author, ...(contributors ?? [])].flatMap((one) => (one === undefined ? [] : [typeof one === 'string' ? one : one.name]));
  // The LGPL 3 is words added to the GPL 3, whose text its packages leave out.
  if (spdx.startsWith('LGPL-3.0')) texts.push(await standardText('GPL-3.0-or-later', ''));
  const text = texts.length > 0 ? texts.join('\n\n') : await standardText(spdx, `Copyright ${authors.join(', ')}`);
  const own = { name: `${name} ${version}`, license: spdx, images, text };
  return [own, ...(await Promise.all(inside.map((library) => noticeOfBundled(library, `${name} ${version}`, images))))];
}

async function noticeOfBundled({ name, license, copyright, source }: Bundled, carrier: string, images: readonly string[]): Promise<Notice> {
  return { name: `${name} inside ${carrier} (${source})`, license, images, text: await standardText(license, copyright) };
}

/** LICENSE, LICENCE.md, COPYING, NOTICE and what else they are called, in the package's own folder, and `further` ones. */
async function textsIn(path: string, further: readonly string[]): Promise<string[]> {
  const files = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isFile());
  const names = files.map(({ name }) => name).filter((name) => /^(licen[sc]e|copying|notice|unlicense)/i.test(name));
  return Promise.all([...names.sort(), ...further].map((name) => readFile(`${path}/${name}`, 'utf8')));
}

async function standardText(license: string, copyright: string): Promise<string> {
  const file = `tools/src/notices/texts/${license}.txt`;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${license} is a licence whose text its package does not bring: it belongs into ${file}`, { cause });
  });
  return `${copyright}\n\n${text}`;
}

/** A package that lies in several folders in one version is told once. */
function unique(notices: readonly Notice[]): Notice[] {
  const byName = new Map<string, Notice>();
  for (const notice of notices) {
    const images = [...new Set([...(byName.get(notice.name)?.images ?? []), ...notice.images])];
    byName.set(notice.name, { ...notice, images });
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Texts that differ in nothing but line breaks are printed once. */
function rendered(notices: readonly Notice[]): string {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const lines = notices.map(({ name, license, images, text }) => {
    const key = text.replaceAll(/\s+/g, ' ').trim();
    if (!numbers.has(key))
      numbers.set(
        key,
        texts.push(
          text
            .replaceAll('\r\n', '\n')
            .replaceAll(/[ \t]+$/gm, '')
            .trim(),
        ),
      );
    return `${name} | ${license} | ${images.join(', ')} | ${numbers.get(key)}`;
  });
  return [preamble, ...lines, ...texts.map((text, index) => `\n${'-'.repeat(72)}\n${index + 1}\n\n${text}`)].join('\n').concat('\n');
}
