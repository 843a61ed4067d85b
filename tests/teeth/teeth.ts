import { archiveGuards } from './archive-guards';
import { boundsGuards } from './bounds-guards';
import { contactsGuards } from './contacts-guards';
import { coreGuards } from './core-guards';
import { devicesGuards } from './devices-guards';
import { filesGuards } from './files-guards';
import type { Guard } from './guard';
import { historyGuards } from './history-guards';
import { parserGuards } from './parser-guards';
import { roomGuards } from './room-guards';
import { securityGuards } from './security-guards';
import { sessionGuards } from './session-guards';
import { storeGuards } from './store-guards';
import { streamGuards } from './stream-guards';
import { windowGuards } from './window-guards';

export type { Guard } from './guard';

/** Every guard, and each step of outbox, archive and resume that a row names. */
export const guards: readonly Guard[] = [
  ...parserGuards,
  ...streamGuards,
  ...roomGuards,
  ...securityGuards,
  ...sessionGuards,
  ...contactsGuards,
  ...coreGuards,
  ...archiveGuards,
  ...devicesGuards,
  ...storeGuards,
  ...filesGuards,
  ...historyGuards,
  ...windowGuards,
  ...boundsGuards,
];
