import { installedFor, lockfile } from './installed.js';

const packages = {
  'apps/web': { dependencies: { '@own/lib': '1', shown: '1' }, devDependencies: { tool: '1' } },
  'node_modules/@own/lib': { link: true, resolved: 'libs/lib' },
  'libs/lib': { dependencies: { shared: '2', native: '1' } },
  'libs/lib/node_modules/shared': { version: '2.0.0' },
  'node_modules/shared': { version: '1.0.0' },
  'node_modules/shown': { version: '1.0.0', dependencies: { shared: '1' }, peerDependencies: { peer: '1', absent: '1' } },
  'node_modules/peer': { version: '1.0.0' },
  'node_modules/tool': { version: '1.0.0', dev: true },
  'node_modules/native': { version: '1.0.0', optional: true },
  'node_modules/other': { version: '1.0.0' },
};

describe('what npm installs for an image', () => {
  it('is what the workspace reaches, each from the nearest folder, without development and optional packages', () => {
    expect(installedFor('apps/web', lockfile.parse({ packages }))).toEqual([
      'libs/lib/node_modules/shared',
      'node_modules/peer',
      'node_modules/shared',
      'node_modules/shown',
    ]);
  });
});
