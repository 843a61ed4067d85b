import { defineConfig } from 'vitest/config';

const suite = (name: string, include: string[], extra: Record<string, unknown> = {}) => ({
  test: { name, include, testTimeout: 20_000, hookTimeout: 60_000, ...extra },
});

/** Suites that talk to the real servers share one set of them, started once a run. */
const onServers = {
  globalSetup: ['tests/servers/global-setup.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      suite('unit', ['tests/unit/**/*.test.ts', 'tests/fault/store*.test.ts', 'tests/checks.test.ts'], {
        testTimeout: 60_000,
      }),
      suite('protocol', ['tests/protocol/**/*.test.ts']),
      suite('core', ['tests/core/**/*.test.ts', 'tests/servers/*.test.ts'], onServers),
      suite('chaos', ['tests/fault/core*.test.ts'], { ...onServers, testTimeout: 150_000 }),
      suite('simulation', ['tests/simulation/**/*.test.ts'], { testTimeout: 300_000 }),
      suite('security', ['tests/security/**/*.test.ts']),
      suite('e2e', ['tests/e2e/**/*.test.ts', 'tests/desktop/*.test.ts'], {
        ...onServers,
        testTimeout: 120_000,
        fileParallelism: false,
      }),
      // npm run gallery; not a part of npm test.
      suite('gallery', ['tests/gallery/**/*.test.ts'], {
        testTimeout: 180_000,
        hookTimeout: 240_000,
        fileParallelism: false,
      }),
      suite('package', ['tests/package/**/*.test.ts'], {
        ...onServers,
        testTimeout: 600_000,
        hookTimeout: 600_000,
        fileParallelism: false,
      }),
    ],
  },
});
