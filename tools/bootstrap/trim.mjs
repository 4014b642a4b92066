// Removes from node_modules what no program reads. Licences and package.json stay.
import { readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What packages bring for others: 215 MB. */
const unread = [
  /^node-(bin-)?(linux|darwin|win)-\w+\/(include|share)\//, // C headers, manuals
  /^binaryen\/bin\//, // commands; the compiler of the kernels uses the library
  /^@prisma\/client\/runtime\/(query_compiler_(?!fast_bg\.postgresql\.(mjs|wasm-base64\.mjs)$)|wasm-compiler-edge)/, // other databases
];

/** What an image does not need either: bundles for browsers, types, maps of other people's sources. */
const unreadInImages = [
  /^(mpg123-decoder|opus-decoder|@wasm-audio-decoders\/[\w-]+)\/dist\//,
  /^@fontsource\/lato\/(?!files\/lato-latin-[47]00-normal\.woff2$|LICENSE|package\.json)/,
  /^@resvg\/resvg-wasm\/index(\.min)?\.js$/,
  /^redoc\/(typings\/|bundles\/(?!redoc\.standalone\.js))/,
  /\.(map|d\.[mc]?ts)$/,
];

/** Chroma's server for another age of the C library than this machine's: libs/embedded/src/chroma-programs.ts chooses by the same bound. */
function unreadHere() {
  const { glibcVersionRuntime: glibc } = process.report.getReport().header;
  if (process.platform !== 'linux' || glibc === undefined) return [];
  const [major, minor] = glibc.split('.').map(Number);
  const isCurrent = major > 2 || minor >= 39;
  return [isCurrent ? /^chromadb-on-older-glibc\/.*\.node$/ : /^chromadb-js-bindings-linux-\w+-gnu\/.*\.node$/];
}

/** After each installation, of development too. */
export function trim(nodeModules) {
  remove(nodeModules, [...unread, ...unreadHere()]);
}

export function trimForImage(nodeModules) {
  remove(nodeModules, [...unread, ...unreadInImages]);
}

function remove(nodeModules, patterns) {
  for (const entry of readdirSync(nodeModules, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const name = relative(nodeModules, path).replaceAll('\\', '/');
    if (!entry.isDirectory() && patterns.some((pattern) => pattern.test(name))) rmSync(path);
  }
}
