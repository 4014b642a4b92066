import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { confined } from './confined-command.js';
import { programPath } from './environment.js';
import { type Confinement, type Layer, layerNames } from './layers.js';
import { layOutRoot } from './new-root.js';
import { makePlace } from './place.js';

let known: Confinement | undefined;

/** What this host has, found out once by trying it; without the layers that are taken away. */
export function confinementOfHost(without: readonly Layer[] = []): Confinement {
  known ??= tried();
  const { has, lacks } = known;
  return {
    has: new Set([...has].filter((layer) => !without.includes(layer))),
    lacks: new Map([...lacks, ...without.map((layer) => [layer, 'it was taken away'] as const)]),
  };
}

/** By util-linux, and where they do not work together the one that is tried last is done without. */
const byPrograms: readonly Layer[] = ['privileges', 'account', 'processes', 'network', 'ipc', 'files', 'landlock'];

function tried(): Confinement {
  const lacks = new Map<Layer, string>();
  if (!process.allowedNodeEnvironmentFlags.has('--permission')) lacks.set('permissions', `Node ${process.versions.node} has none`);
  if (process.getuid?.() !== 0) lacks.set('account', 'only root can give one');
  const wanted = byPrograms.filter((layer) => !lacks.has(layer));
  if (faultOf(wanted) !== null) {
    // Most often the youngest is missing, and each try takes as long as a start.
    const together = wanted.slice(0, -1);
    const rest = wanted.slice(-1);
    if (faultOf(together) !== null) rest.unshift(...together.splice(0));
    for (const layer of rest) {
      const fault = faultOf([...together, layer]);
      if (fault === null) together.push(layer);
      else lacks.set(layer, fault);
    }
  }
  return { has: new Set(layerNames.filter((layer) => !lacks.has(layer))), lacks };
}

/** Why Node does not run with these layers; null where it does. */
function faultOf(layers: readonly Layer[]): string | null {
  if (process.platform !== 'linux') return `there is none on ${process.platform}`;
  try {
    return faultIn(new Set(layers));
  } catch (error) {
    return error instanceof Error ? error.message : String(error); // an account that nothing may be given to, no space
  }
}

function faultIn(has: ReadonlySet<Layer>): string | null {
  const place = makePlace(has, undefined);
  try {
    if (has.has('files')) layOutRoot(place, []);
    const [command = '', ...args] = confined([process.execPath, '--version'], place, has, []);
    const { status, stderr, error } = spawnSync(command, args, { env: { PATH: programPath }, cwd: '/', encoding: 'utf8' });
    if (status === 0) return null;
    return error?.message ?? (stderr.trim().split('\n')[0] || `${command} ended with ${status}`);
  } finally {
    rmSync(place.base, { recursive: true, force: true });
  }
}
