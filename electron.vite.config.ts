import vue from '@vitejs/plugin-vue';
import { defineConfig, type UserConfig } from 'electron-vite';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** electron-vite itself works from the working directory. */
const root = process.cwd();

/** What the oldest Electron that we run on has (33); electron-vite would take them from the declared one. */
const NODE = 'node20.18';
const CHROME = 'chrome130';

/** Native modules, which the packaged app holds as files. Everything else is bundled. */
const NATIVE = [/^libsql(\/.*)?$/, /^keytar$/];
/** Parts of `ws` and `dbus-next` that they try to load and do without. */
const OPTIONAL = ['bufferutil', 'utf-8-validate', 'x11'];

const DEV_PORT = 5173;

export default defineConfig(({ command }) => {
  // The dev server's own build of main takes the place of the real one: that has to be made anew afterwards.
  if (command === 'serve') rmSync(join(root, 'out', '.stamp'), { force: true });
  return targets(command === 'serve');
});

const targets = (dev: boolean): UserConfig => ({
  main: {
    resolve: { alias: { usocket: join(root, 'src-main', 'desktop', 'linux', 'usocket.ts') } },
    define: { __DEV_SERVER__: JSON.stringify(dev) },
    build: {
      target: NODE,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          main: join(root, 'src-main', 'main.ts'),
          store: join(root, 'src-main', 'store', 'process.ts'),
        },
        external: ['electron', /^node:/, ...NATIVE, ...OPTIONAL],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: NODE,
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: join(root, 'src-main', 'preload', 'preload.ts') },
        // A sandboxed preload script is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: join(root, 'src-renderer'),
    plugins: [vue()],
    build: {
      target: CHROME,
      minify: true,
      outDir: join(root, 'out', 'renderer'),
      // A data: URL would be a hole in `script-src` and `font-src`.
      assetsInlineLimit: 0,
      rolldownOptions: { input: join(root, 'src-renderer', 'index.html') },
    },
    // The page is at app://flint all the same, so that hot reload has to be told where its socket is.
    server: {
      host: 'localhost',
      port: DEV_PORT,
      strictPort: true,
      hmr: { protocol: 'ws', host: 'localhost', clientPort: DEV_PORT },
    },
  },
});
