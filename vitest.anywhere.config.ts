import { defineConfig } from 'vitest/config';

/** The specifications in Electron that need neither a server nor the desktop of Linux: for macOS and Windows. */
export default defineConfig({
  test: {
    include: ['tests/e2e/shell/walls.test.ts', 'tests/e2e/shell/window.test.ts'],
    // Without those that look at the tray or at what opens links, which only a desktop of ours shows.
    testNamePattern: /^(?!.*T23).*(T32|comes back (where|maximized|on)|R24|keeps a log)/,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
