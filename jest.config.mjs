/** Tests read the TypeScript sources of every workspace through the `source` export condition; nothing has to be built. */
export default {
  testMatch: ['<rootDir>/{apps,libs}/*/src/**/*.spec.ts', '<rootDir>/tools/src/**/*.spec.ts'],
  testEnvironment: 'node',
  testTimeout: 30_000,
  testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest'] },
  modulePathIgnorePatterns: ['/dist/', '/\\.earshot/'],
};
