/// <reference types="vite/client" />
import type { Bridge } from '../src-shared/ipc/contract';

declare global {
  interface Window {
    /** Exposed by src-main/preload; read by bridge/ alone. */
    readonly api: Bridge;
  }
}
