import { calls, type CallArgs, type CallName, type CallResult } from '../src-shared/ipc/contract';
import { failed, type Outcome } from '../src-shared/ipc/errors';
import type { AccountId } from '../src-shared/model/account';
import * as v from 'valibot';
import type { Core } from './core-api';
import type { Ports } from './ports';
import { createAccountRecords } from './session/account-records';
import { createAttention } from './session/attention';
import type { AccountSession } from './session/account-session';
import { createAccounts } from './session/accounts';
import { diskReason } from './session/disk-error';
import { withDueDeletes } from './session/due-deletes';
import { createHandlers, type Handlers } from './session/handlers';
import { createHub } from './session/hub';
import type { Front } from './session/notices';
import { createSettings } from './session/settings';
import { createSounds } from './session/sounds';
import { createSpellCheck } from './session/spell-check';
import { databaseExists, openStore, putDatabaseAside, removeDatabase } from './store/client';
import { StoreError } from './store/store';
import type { LinkDeps } from './xmpp/stream/deps';

type Bytes = ReturnType<Core['picture']>;

/**
 * Puts the messenger together from its ports: session, protocol and store, without a desktop.
 * `link` gives tests shorter deadlines, another resolver and further authorities.
 */
export const createCore = (given: Ports, link: Partial<LinkDeps> = {}): Core => {
  const secrets = withDueDeletes(given);
  const ports: Ports = { ...given, secrets };
  const hub = createHub();
  const settings = createSettings(ports, hub);
  const records = createAccountRecords(ports.files);
  const front: Front = { peer: null, atEnd: false, focused: false, visible: true, listening: false };
  const attention = createAttention(settings.get, hub, ports);
  const sounds = createSounds(settings, attention, hub, ports, () => front.listening);
  const spelling = createSpellCheck(settings.get, hub, ports.spelling);
  const accounts = createAccounts({
    ports,
    hub,
    settings,
    records,
    front,
    attention,
    sounds,
    histories: {
      exists: databaseExists,
      remove: removeDatabase,
      putAside: putDatabaseAside,
      open: openStore,
    },
    link,
  });
  let tray = true;
  let chatWindows: readonly string[] = [];
  ports.secrets.onState((keyring) => {
    hub.emit({ topic: 'app', type: 'keyring', keyring });
  });
  const handlers: Handlers = createHandlers({
    ports,
    hub,
    settings,
    accounts,
    front,
    attention,
    sounds,
    spelling,
    tray: () => tray,
    chatWindows: () => chatWindows,
  });

  const seenNow = (): void => {
    const session = accounts.current();
    if (!front.focused || !front.atEnd || front.peer === null || !session) return;
    session.people.readState.read(front.peer).catch((error: unknown) => {
      ports.log.error('mark-read', { reason: String(error) });
    });
  };

  /** Null also while the history is refused: there is nothing to show then. */
  const bytes = async (account: string, read: (files: AccountSession['files']) => Bytes): Bytes => {
    try {
      const session = await accounts.session(account as AccountId);
      return session && (await read(session.files));
    } catch {
      return null;
    }
  };

  return {
    async start() {
      await Promise.all([settings.load(), records.load(), secrets.load()]);
      attention.start();
      spelling.start();
      await accounts.start();
    },

    async call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Outcome<CallResult<N>>> {
      const checked = v.safeParse(calls[name].args, args);
      if (!checked.success) return failed('bad-request');
      try {
        // The schema of this name has just been applied: its handler takes exactly what came out.
        const handler = handlers[name] as (args: unknown) => Promise<Outcome<CallResult<N>>>;
        const outcome = await handler(checked.output);
        if (name === 'window.showing') seenNow();
        return outcome;
      } catch (error) {
        const reason = error instanceof StoreError ? error.reason : diskReason(error);
        if (reason !== null) return failed('store-unavailable', { reason });
        ports.log.error('call-failed', {
          call: name,
          reason: error instanceof Error ? error.name : 'unknown',
        });
        return failed('internal');
      }
    },

    listen: hub.listen,

    picture: (account, name) => bytes(account, ({ pictures }) => pictures.bytes(name)),
    media: (account, name) => bytes(account, ({ media }) => media.bytes(name)),

    setTray(present) {
      if (present === tray) return;
      tray = present;
      hub.emit({ topic: 'app', type: 'tray', tray });
    },

    setChatWindows(peers) {
      chatWindows = peers;
      hub.emit({ topic: 'app', type: 'chat-windows', peers });
    },

    setFront(focused) {
      front.focused = focused;
      if (focused) ports.taskbar.flash(false);
      seenNow();
    },

    setVisible(visible) {
      if (visible === front.visible) return;
      front.visible = visible;
      accounts.current()?.link()?.setActive(visible);
    },

    quit: () => {
      attention.stop();
      return accounts.quit();
    },
  };
};
