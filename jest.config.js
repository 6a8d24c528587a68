// How the tests run: ESM as the product is, TypeScript stripped by swc, one mirror of src/ per room.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }],
  },
  collectCoverageFrom: ['src/**/*.ts', '!src/**/*.d.ts', '!src/**/generated/**'],
  coverageProvider: 'v8',
  coverageReporters: ['lcov', 'text-summary'],
  coverageDirectory: 'reports/coverage',
  testTimeout: 60000,
  // One worker for each processor, the first one too: many tests wait for programs they started.
  maxWorkers: '100%',
  // A worker keeps what ES modules leave behind: beyond this it is begun anew between two files.
  workerIdleMemoryLimit: '1.5GB',
}
