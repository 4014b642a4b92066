import { z } from 'zod';

const names = z.record(z.string(), z.string()).optional();
export const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      link: z.boolean().optional(),
      resolved: z.string().optional(),
      dev: z.boolean().optional(),
      optional: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      dependencies: names,
      devDependencies: names,
      peerDependencies: names,
    }),
  ),
});
export type Lockfile = z.output<typeof lockfile>;

/**
 * The folders (as in the lockfile) of the packages that `npm ci --omit=dev --omit=optional --workspace=…` puts into an image: what the
 * workspace reaches. npm follows the development packages of workspaces too, and leaves out what nothing else wants.
 */
export function installedFor(workspace: string, { packages }: Lockfile): string[] {
  const seen = new Set<string>();
  const waiting = [workspace];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = packages[path];
    if (!entry || seen.has(path) || entry.dev || entry.optional || entry.devOptional) continue;
    seen.add(path);
    const wanted = { ...entry.dependencies, ...entry.peerDependencies, ...(isOurs(path) ? entry.devDependencies : {}) };
    for (const name of Object.keys(wanted)) waiting.push(...placeOf(name, path, packages));
  }
  return [...seen].filter((path) => !isOurs(path)).sort();
}

/** Where Node finds `name` from `path`: below it or below the nearest of its parents; none when it is not installed. */
function placeOf(name: string, path: string, packages: Lockfile['packages']): string[] {
  for (let parent = path; ; parent = parent.slice(0, Math.max(parent.lastIndexOf('/'), 0))) {
    const place = `${parent}/node_modules/${name}`.replace(/^\//, '');
    const entry = packages[place];
    if (entry) return [entry.link ? entry.resolved! : place];
    if (parent === '') return [];
  }
}

function isOurs(path: string): boolean {
  return !path.includes('node_modules/');
}
