import { chromaPackage, findChroma } from './chroma-programs.js';

describe('the Chroma for a machine', () => {
  it.each([
    ['linux', 'x64', '2.41', 'chromadb-js-bindings-linux-x64-gnu'],
    ['linux', 'x64', '2.39', 'chromadb-js-bindings-linux-x64-gnu'],
    ['linux', 'x64', '2.38', 'chromadb-on-older-glibc'],
    ['linux', 'x64', '2.34', 'chromadb-on-older-glibc'],
    ['linux', 'x64', '2.31', null],
    ['linux', 'arm64', '2.39', 'chromadb-js-bindings-linux-arm64-gnu'],
    ['linux', 'arm64', '2.36', null],
    ['linux', 'x64', undefined, null],
    ['darwin', 'arm64', undefined, 'chromadb-js-bindings-darwin-arm64'],
    ['win32', 'x64', undefined, 'chromadb-js-bindings-win32-x64-msvc'],
    ['win32', 'arm64', undefined, null],
  ])('of %s on %s with glibc %s is %s', (platform, arch, glibc, name) => {
    expect(chromaPackage({ platform, arch, glibc })).toBe(name);
  });

  it('is null where npm has installed none', () =>
    expect(findChroma({ platform: 'darwin', arch: 'riscv64', glibc: undefined })).toBeNull());
});
