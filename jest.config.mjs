/** What `npm run test:web` adds to `npm test`: suites in a browser about what is beside the main paths. */
const inFullOnly = process.env.EARSHOT_WEB_TESTS === 'all' ? [] : ['\\.full\\.system\\.spec\\.ts$'];

/** Tests read the TypeScript sources of every workspace through the `source` export condition; nothing has to be built. */
export default {
  testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.spec.ts', '<rootDir>/tools/src/**/*.spec.ts'],
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/', ...inFullOnly],
  testTimeout: 30_000,
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  modulePathIgnorePatterns: ['/dist/', '/\\.earshot/'],
};
