import { statSync } from 'node:fs';
import type { Confinement, Layer } from './layers.js';
import { devices, shownPaths } from './shown-paths.js';
import { limitsScript, starterScript } from './starter.js';

/** The folders of a child. */
export interface Place {
  /** Belongs to the parent: no child can put anything into it, or in its place. */
  readonly base: string;
  /** All that the child may write to. */
  readonly own: string;
  /** The files of the calls that it was sent. */
  readonly lent: string;
  /** The account that the child works as; null where it is the parent's. */
  readonly account: number | null;
}

export const mountTable = ({ base }: Place): string => `${base}/mounts`;
export const rootFolder = ({ base }: Place): string => `${base}/root`;

// The outermost has the parent's rights: it removes what is left of a child whose parent has gone, which ends all below it with 137, or went
// at the same time.
const outermost =
  'base=$1 lent=$2; shift 2; "$@"; code=$?; { [ $code = 137 ] || ! kill -0 $PPID; } 2>/dev/null && rm -rf -- "$base" "$lent"; exit $code';

/** The command that runs `node` with its arguments in a child's place, beside what starts ffmpeg for it. */
export function childCommand(
  node: readonly string[],
  place: Place,
  { has }: Confinement,
  code: readonly string[],
  niceness: number,
): readonly string[] {
  const nice = niceness > 0 ? ['nice', '-n', String(niceness)] : [];
  const starter = ['sh', '-c', (has.has('limits') ? limitsScript : '') + starterScript, 'sh', place.own, ...node];
  return [...nice, 'sh', '-c', outermost, 'sh', place.base, place.lent, ...confined(starter, place, has, code)];
}

/** A program in a child's place, with all layers but Node's own. */
export function confined(program: readonly string[], place: Place, has: ReadonlySet<Layer>, code: readonly string[]): string[] {
  return [...unshared(has), ...inRoot(place, has), ...unprivileged(place, has, code), ...program];
}

const isRoot = (): boolean => process.getuid?.() === 0;

function unshared(has: ReadonlySet<Layer>): string[] {
  const namespaces = [
    ...(has.has('processes') ? ['--pid', '--fork', '--kill-child'] : []),
    ...(has.has('network') ? ['--net'] : []),
    ...(has.has('ipc') ? ['--ipc', '--uts'] : []),
    ...(has.has('files') ? ['--mount'] : []),
  ];
  // Those who are not root may make them in a user namespace.
  return namespaces.length === 0 ? [] : ['unshare', ...(isRoot() ? [] : ['--user', '--map-root-user']), ...namespaces];
}

function inRoot(place: Place, has: ReadonlySet<Layer>): string[] {
  if (!has.has('files')) return [];
  return ['sh', '-c', 'mount -a -T "$1" && shift && exec "$@"', 'sh', mountTable(place), 'unshare', '--root', rootFolder(place)];
}

function unprivileged(place: Place, has: ReadonlySet<Layer>, code: readonly string[]): string[] {
  const { account } = place;
  const ids = account === null ? [] : [`--reuid=${account}`, `--regid=${account}`, '--clear-groups'];
  const hasCapabilities = isRoot() || unshared(has).length > 0;
  const dropped = has.has('privileges') && hasCapabilities ? ['--inh-caps=-all', '--bounding-set=-all'] : [];
  const isBound = has.has('privileges') || has.has('landlock'); // which the kernel gives to none who may gain privileges
  const privileges = isBound ? ['--no-new-privs', ...dropped] : [];
  const options = [...ids, ...privileges, ...(has.has('landlock') ? landlocked(place, code) : [])];
  return options.length > 0 ? ['setpriv', ...options] : [];
}

/** By the names of setpriv(1), which has them since util-linux 2.40. */
function landlocked({ own, lent }: Place, code: readonly string[]): string[] {
  const shown = shownPaths(code);
  const folders = shown.filter((path) => statSync(path).isDirectory());
  const allowed: [string, readonly string[]][] = [
    ['execute,read-file,read-dir', folders],
    ['execute,read-file', shown.filter((path) => !folders.includes(path))],
    ['read-file,write-file', devices],
    ['read-file,read-dir', [lent]],
    ['read-file,read-dir,write-file,truncate,remove-file,remove-dir,make-reg,make-dir,make-fifo', [own]],
  ];
  const rules = allowed.flatMap(([accesses, paths]) => paths.map((path) => `--landlock-rule=path-beneath:${accesses}:${path}`));
  return ['--landlock-access=fs', ...rules];
}

/** What Node's permission model forbids, but for those who need it: threads and native addons, with which a training computes. */
export type Allowed = 'worker' | 'addons';

/** What Node is told of the permission model: it reads code and lent files, and does as it likes within its own folder. */
export function permissionFlags(
  { own, lent }: Place,
  { has }: Confinement,
  code: readonly string[],
  allowed: readonly Allowed[],
): string[] {
  if (!has.has('permissions')) return [];
  const readable = [...code, lent, own].map((folder) => `--allow-fs-read=${folder}/*`);
  const further = allowed.map((what) => `--allow-${what}`);
  return ['--permission', '--disable-warning=PERM0006', ...readable, `--allow-fs-write=${own}/*`, ...further];
}
