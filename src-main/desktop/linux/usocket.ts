import { createConnection, type Socket } from 'node:net';

/**
 * Takes the place of the native module of this name in the bundle (electron.vite.config.ts): dbus-next would use it to
 * pass file descriptors, which Flint never does, and to reach abstract sockets, which Node can do by itself.
 */
export const USocket = function USocket(options: { readonly path: string }): Socket {
  return createConnection(options.path);
};
