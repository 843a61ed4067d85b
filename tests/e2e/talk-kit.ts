import type { Locator } from 'playwright';
import { connectPeer } from '../peers/connect-peer';
import type { Peer } from '../peers/peer';
import { newAccount, type TestAccount } from '../servers/shared';
import type { ServerOptions, TestServer } from '../servers/server';
import { startServer } from '../servers/start-server';
import { befriend, composer, en, log, openStage, sidebar, signIn, type Stage } from './support';

/** Juliet in Flint at a server of her own, and three friends in clients that are not ours. */
export interface Talk {
  readonly server: TestServer;
  readonly stage: Stage;
  readonly juliet: TestAccount;
  /** slixmpp: sends receipts by itself. */
  readonly romeo: Peer;
  readonly nurse: Peer;
  /** stanza: sends receipts only when it is told to. */
  readonly friar: Peer;
  readonly bodies: () => Locator;
  readonly lastBody: () => Promise<string | null>;
  readonly write: (text: string, to?: string) => Promise<void>;
  readonly chatRow: (name: string) => Locator;
  /** The next message with a text that a peer gets. */
  readonly nextFor: (peer: Peer) => ReturnType<Peer['waitForMessage']>;
  readonly stop: () => Promise<void>;
}

export async function openTalk(
  options: ServerOptions = {},
  kind: 'prosody' | 'prosody13' = 'prosody',
  args: readonly string[] = [],
): Promise<Talk> {
  const [server, stage] = await Promise.all([startServer(kind, options), openStage({}, args)]);
  const juliet = await newAccount(server, server, 'juliet');
  const peer = async (name: string, client: Peer['client']): Promise<Peer> =>
    connectPeer(server, await newAccount(server, server, name), { client });
  const [romeo, nurse, friar] = await Promise.all([
    peer('romeo', 'slixmpp'),
    peer('nurse', 'slixmpp'),
    peer('friar', 'stanza'),
  ]);
  await signIn(stage.page, juliet, server.wsUrl);
  await befriend(stage.page, romeo, 'Romeo');
  await befriend(stage.page, nurse, 'Nurse');
  await befriend(stage.page, friar, 'Friar');
  await romeo.waitForPresence(juliet.jid, ({ available }) => available);
  await nurse.waitForPresence(juliet.jid, ({ available }) => available);
  const bodies = (): Locator => log(stage.page).locator('article p.body');
  return {
    server,
    stage,
    juliet,
    romeo,
    nurse,
    friar,
    bodies,
    lastBody: () => bodies().last().textContent(),
    write: async (text, to = 'Romeo') => {
      await composer(stage.page, to).focus();
      await stage.page.keyboard.insertText(text);
      await stage.page.keyboard.press('Enter');
    },
    chatRow: (name) =>
      sidebar(stage.page)
        .getByRole('listbox', { name: en('roster.chats') })
        .getByRole('option', { name }),
    nextFor: (peer) => peer.waitForMessage(({ body }) => body !== undefined),
    stop: async () => {
      await Promise.allSettled([romeo, nurse, friar].map((one) => one.disconnect()));
      await stage.stop();
      await server.stop();
    },
  };
}
