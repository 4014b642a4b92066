// Kubernetes ignores, or refuses at the wrong moment, what it does not know. Each manifest is checked as TypeScript does: as a literal of
// its type in `kubernetes-types`, which are made from the API's own specification.
import { resolve } from 'node:path';
import ts from 'typescript';
import type { Manifest } from './manifests.js';

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
  lib: ['lib.es5.d.ts'], // the default brings the whole DOM along
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** What does not change: a second of work for each time that the manifests are checked. */
const parsed = new Map<string, ts.SourceFile | undefined>();

export function faultsOfTypes(manifests: readonly Manifest[]): string[] {
  const sources = new Map(manifests.map((manifest, index) => [resolve(`tools/manifest-${index}.ts`), sourceOf(manifest)]));
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  const getSourceFile = host.getSourceFile.bind(host);
  host.readFile = (path) => sources.get(path) ?? readFile(path);
  host.fileExists = (path) => sources.has(path) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) => {
    const source = sources.get(path);
    if (source !== undefined) return ts.createSourceFile(path, source, version);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, version, ...rest));
    return parsed.get(path);
  };
  const diagnostics = ts.getPreEmitDiagnostics(ts.createProgram([...sources.keys()], options, host));
  return diagnostics.map(({ file, start, messageText }) => {
    const at = [...sources.keys()].indexOf(file?.fileName ?? '');
    const manifest = manifests[at];
    const line = file && start !== undefined ? file.text.slice(start).split('\n', 1)[0]?.trim() : '';
    return `${manifest ? `${manifest.file}, ${manifest.kind}` : 'k8s'}: ${ts.flattenDiagnosticMessageText(messageText, ' ')} (${line})`;
  });
}

function sourceOf({ apiVersion, kind, content }: Manifest): string {
  const module = apiVersion === 'v1' ? 'core/v1' : apiVersion.replace('.k8s.io/', '/');
  return `import type { ${kind} } from 'kubernetes-types/${module}';\nexport const manifest: ${kind} = ${JSON.stringify(content, null, 1)};\n`;
}
