import { contextBridge, ipcRenderer, webFrame, webUtils } from 'electron';
import { channels } from '../../src-shared/ipc/channels';
import type { Bridge } from '../../src-shared/ipc/contract';
import type { EventBatch } from '../../src-shared/ipc/events';

/** All that the window can reach of what is outside the page: one way to call, one way to listen, and one to need less memory. */
const api: Bridge = {
  call: (name, args) => ipcRenderer.invoke(channels.call, name, args),
  hasPath: (file) => webUtils.getPathForFile(file as File) !== '',
  // A path comes out of a File alone, which the page cannot make up: it names no file that the user did not give it.
  addFiles: (account, peer, files, thumbnails, answers) => {
    const paths = files.map((file) => webUtils.getPathForFile(file as File));
    return ipcRenderer.invoke(channels.files, { account, peer, paths, thumbnails, answers });
  },
  onBatch: (listener) => {
    const run = (_: unknown, batch: EventBatch): void => {
      listener(batch);
    };
    ipcRenderer.on(channels.batch, run);
    return () => {
      ipcRenderer.off(channels.batch, run);
    };
  },
  letGo: () => {
    webFrame.clearCache();
  },
};

contextBridge.exposeInMainWorld('api', api);
