import { missingOptionals, withoutIntegrity } from './lockfile.js';

const tool = { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-darwin': '1.0.0' } };

describe('a lockfile', () => {
  it('is complete when each optional package has an entry beside, below or above the one that names it', () => {
    const beside = { 'node_modules/tool': tool, 'node_modules/tool-linux': {}, 'node_modules/tool/node_modules/tool-darwin': {} };
    expect(missingOptionals({ packages: beside })).toEqual([]);
    const above = { 'apps/cli/node_modules/tool': tool, 'node_modules/tool-linux': {}, 'apps/cli/node_modules/tool-darwin': {} };
    expect(missingOptionals({ packages: above })).toEqual([]);
  });

  it('is not complete when a package for another system has none', () => {
    const packages = { 'node_modules/tool': tool, 'node_modules/tool-linux': {}, 'apps/cli/node_modules/tool-darwin': {} };
    expect(missingOptionals({ packages })).toEqual(['tool-darwin@1.0.0 of node_modules/tool']);
  });

  it('has the integrity of every package that comes from a registry', () => {
    const workspaces = { '': {}, 'libs/own': {}, 'node_modules/@own/own': { link: true } };
    const packages = { ...workspaces, 'node_modules/tool': { integrity: 'sha512-AA==' }, 'libs/own/node_modules/tool-linux': {} };
    expect(withoutIntegrity({ packages })).toEqual(['libs/own/node_modules/tool-linux']);
  });
});
