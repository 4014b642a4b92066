// Which build of Chroma's server runs here. npm knows systems and processors, but not the age of their C library.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { types } from 'node:util';

export interface ChromaProgram {
  /** The server as a library, which blocks the process that calls it. */
  path: string;
  /** Data of one version are read by no other, as far as we promise. */
  version: string;
}

interface Machine {
  platform: string;
  arch: string;
  /** Of Linux with glibc; undefined elsewhere, and with musl. */
  glibc: string | undefined;
}

const current = { name: 'chromadb-js-bindings', glibc: [2, 39] } as const;
const older = { name: 'chromadb-on-older-glibc', glibc: [2, 34] } as const;

/** The program for this machine; null where there is none, or npm has not installed it. */
export function findChroma(machine = thisMachine()): ChromaProgram | null {
  const name = chromaPackage(machine);
  if (name === null) return null;
  const require = createRequire(import.meta.url);
  try {
    const manifest = join(dirname(require.resolve(name)), 'package.json');
    const { version }: { version: string } = JSON.parse(readFileSync(manifest, 'utf8'));
    return { path: require.resolve(name), version };
  } catch (error) {
    if (types.isNativeError(error) && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

/** The package that has it; null where nobody builds one. */
export function chromaPackage({ platform, arch, glibc }: Machine): string | null {
  if (platform === 'darwin') return `${current.name}-darwin-${arch}`;
  if (platform === 'win32') return arch === 'x64' ? `${current.name}-win32-x64-msvc` : null;
  if (platform !== 'linux' || glibc === undefined) return null;
  if (isAtLeast(glibc, current.glibc)) return `${current.name}-linux-${arch}-gnu`;
  return arch === 'x64' && isAtLeast(glibc, older.glibc) ? older.name : null;
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split('.').map(Number);
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

function thisMachine(): Machine {
  const { platform, arch } = process;
  const { header }: { header: { glibcVersionRuntime?: string } } = JSON.parse(JSON.stringify(process.report.getReport()));
  return { platform, arch, glibc: header.glibcVersionRuntime };
}
