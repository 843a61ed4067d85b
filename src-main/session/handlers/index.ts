import { done, failed, ok } from '../../../src-shared/ipc/errors';
import { bareJid } from '../../../src-shared/model/jid';
import type { Ports } from '../../ports';
import { parseStanza } from '../../xmpp/parse-stanza';
import type { Accounts } from '../accounts';
import type { Attention } from '../attention';
import { writeDiagnostics } from '../diagnostics';
import type { Hub } from '../hub';
import type { Front } from '../notices';
import type { SettingsService } from '../settings';
import type { Sounds } from '../sounds';
import type { SpellCheck } from '../spell-check';
import { fileHandlers } from './file-handlers';
import { historyHandlers } from './history-handlers';
import { messageHandlers } from './message-handlers';
import { peopleHandlers } from './people-handlers';
import { roomHandlers } from './room-handlers';
import { createRunOn, type Handlers } from './run-on';

export type { Handlers };

export interface HandlerParts {
  readonly ports: Ports;
  readonly hub: Hub;
  readonly settings: SettingsService;
  readonly accounts: Accounts;
  readonly front: Front;
  readonly attention: Pick<Attention, 'quietUntil'>;
  readonly sounds: Sounds;
  readonly spelling: Pick<SpellCheck, 'state'>;
  tray(): boolean;
  /** Peers. */
  chatWindows(): readonly string[];
}

export const createHandlers = (parts: HandlerParts): Handlers => {
  const { ports, hub, settings, accounts, front, attention, sounds, spelling, tray, chatWindows } = parts;
  const run = createRunOn(hub, accounts);
  const { on, onPeer } = run;

  return {
    ...peopleHandlers(run),
    ...messageHandlers(run, sounds),
    ...fileHandlers(run),
    ...historyHandlers(run),
    ...roomHandlers(run),
    'app.state': () =>
      ok({
        change: hub.change,
        value: {
          version: ports.system.appVersion,
          platform: ports.system.platform,
          locale: settings.locale(),
          hourCycle: ports.system.hourCycle,
          settings: settings.get(),
          keyring: ports.secrets.state(),
          tray: tray(),
          chatWindows: chatWindows(),
          quietUntil: attention.quietUntil(),
          canFlash: ports.taskbar.canFlash,
          spelling: spelling.state(),
          accounts: accounts.states(),
        },
      }),
    'app.diagnostics': async () =>
      ok(
        await writeDiagnostics(ports, {
          accounts: accounts.states(),
          settings: settings.get(),
          locale: settings.locale(),
          tray: tray(),
        }),
      ),
    'console.entries': ({ account }) => ok({ change: hub.change, value: accounts.console(account) }),
    'account.signIn': ({ jid, password, options }) => accounts.signIn(jid, password, options),
    'account.register': ({ jid, password, options }) => accounts.register(jid, password, options),
    'account.cancel': ({ account }) =>
      on(account, async (session) => {
        await session.disconnect();
        return done;
      }),
    'account.retry': ({ account }) => accounts.retry(account),
    'account.newHistory': ({ account }) => accounts.newHistory(account),
    'account.configure': ({ account, options }) => accounts.configure(account, options),
    'account.signOut': ({ account }) => accounts.signOut(account),
    'account.trust': ({ account, host, fingerprint }) => accounts.trust(account, host, fingerprint),
    'account.allowPlain': ({ account }) => accounts.allowPlain(account),
    'account.changePassword': ({ account, current, next }) =>
      on(account, (session) => session.changePassword(current, next)),
    'screen.list': async () => {
      const found = await ports.screens.list();
      return found ? ok(found) : failed('no-screens');
    },
    'screen.take': async ({ id }) => {
      const taken = await ports.screens.take(id);
      return taken ? ok(taken) : failed('no-screens');
    },
    'screen.forget': () => {
      ports.screens.forget();
      return Promise.resolve(done);
    },
    'link.preview': ({ account, id, url }) => on(account, (session) => session.files.preview(id, url)),
    'chat.show': (args) =>
      onPeer(args, (_, peer) => {
        const { account, message } = args;
        hub.emit({ topic: 'app', type: 'show-chat', account, peer, message });
        return done;
      }),
    'chat.openWindow': (args) =>
      onPeer(args, (_, peer) => {
        const { account, message } = args;
        hub.emit({ topic: 'app', type: 'open-chat-window', account, peer, message });
        return done;
      }),
    'app.show': ({ view, about }) => {
      hub.emit({ topic: 'app', type: 'show-view', view, about });
      return Promise.resolve(done);
    },
    'console.send': ({ account, xml }) =>
      on(account, (session) => {
        const stanza = parseStanza(xml);
        if (!stanza) return failed('bad-xml');
        const link = session.link();
        if (!link) return failed('not-online');
        link.sendRaw(stanza);
        return done;
      }),
    'settings.set': async ({ patch }) => ok(await settings.set(patch)),
    'sound.choose': ({ event }) => sounds.choose(event),
    'sound.reset': ({ event }) => sounds.reset(event),
    'link.open': async ({ url }) => ((await ports.opener.open(url)) ? done : failed('link-refused')),
    'window.showing': ({ peer, atEnd }) => {
      front.atEnd = atEnd;
      front.peer = peer === null ? null : (accounts.current()?.rooms.keyOf(peer) ?? bareJid(peer));
      return done;
    },
    // Topics are each window's own: ipc/ answers this before it gets here.
    'window.subscribe': () => {
      front.listening = true;
      return ok(hub.change);
    },
  };
};
