/** True only under `npm run dev`; a build puts `false` here, and what hangs on it is left out of the bundle. */
declare const __DEV_SERVER__: boolean;

/** The renderer's dev server, e.g. http://localhost:5173, or null in everything that is built. */
export const devServer: string | null = __DEV_SERVER__
  ? (process.env['ELECTRON_RENDERER_URL'] ?? null)
  : null;
