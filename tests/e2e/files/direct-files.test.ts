import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FilePeer } from '../../peers/file-peer';
import type { Peer } from '../../peers/peer';
import { slixmppPeer } from '../../peers/slixmpp/slixmpp-peer';
import { newAccount } from '../../servers/shared';
import { lookAt, WIDE, type Look } from '../look';
import { befriend, en, log, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

describe('files where the server has no file service', () => {
  let talk: Talk;
  let view: Look;
  let paris: Peer & FilePeer;
  const folder = mkdtempSync(join(tmpdir(), 'flint-direct-'));
  const attach = (): Locator => talk.stage.page.locator('input[type=file]');
  const tray = (): Locator => talk.stage.page.getByRole('list', { name: en('files.tray') });
  const card = (name: string): Locator => log(talk.stage.page).getByRole('group', { name });
  const choose = (name: string, bytes: Uint8Array | string): Promise<void> => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return attach().setInputFiles([path]);
  };
  /** Where the next file is to go. */
  const saveTo = (path: string): Promise<void> =>
    talk.stage.flint.app.evaluate(({ dialog }, to) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to });
    }, path);
  const ownJid = async (): Promise<string> =>
    (await paris.waitForPresence(talk.juliet.jid, ({ available }) => available)).from;
  const offer = async (name: string, bytes: Uint8Array, size = bytes.length): Promise<void> => {
    void paris.offerFile(await ownJid(), { name, bytes, size });
    await card(name).waitFor();
  };
  const accept = (name: string): Promise<void> =>
    card(name)
      .getByRole('button', { name: en('files.accept-named', { name }) })
      .click();

  beforeAll(async () => {
    talk = await openTalk({ upload: false });
    view = lookAt(talk.stage);
    const account = await newAccount(talk.server, talk.server, 'paris');
    paris = slixmppPeer(talk.server, account, { resource: 'desk' });
    await paris.connect();
    await befriend(talk.stage.page, paris, 'Paris');
    await view.resize(WIDE);
    await openChat(talk.stage.page, 'Paris');
  });
  afterAll(async () => {
    await paris.disconnect();
    await talk.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are offered to whoever is online, and wait for a yes above the composer', async () => {
    await talk.stage.page.getByRole('button', { name: en('files.attach'), exact: true }).waitFor();
    await paris.takesFiles('never answers');
    await choose('Minutes of the house of Capulet.pdf', 'minutes');
    await soon(() => tray().innerText()).toContain(en('files.asking', { who: 'Paris' }));
    await view.lookAround('direct-asking');
    await tray()
      .getByRole('button', { name: en('files.cancel', { name: 'Minutes of the house of Capulet.pdf' }) })
      .click();
    await soon(() => tray().count()).toBe(0);
    await paris.takesFiles('yes');
    await choose('letter.txt', 'But soft');
    expect(Buffer.from((await paris.waitForFile('letter.txt')).bytes).toString()).toBe('But soft');
    await card('letter.txt').getByText(en('files.direct-sent')).waitFor();
    await soon(() => tray().count()).toBe(0);
    await paris.takesFiles('no');
    await choose('notes.txt', 'What light');
    await soon(() => tray().getByRole('alert').innerText()).toBe(
      en('files.fault-declined', { name: 'notes.txt' }),
    );
  });

  it('T20 of others are accepted or declined on a card; nothing is saved before', async () => {
    const bytes = Buffer.alloc(3_000_000, 7);
    const name = 'The balcony at night, third draft with the notes of the nurse.png';
    await offer(name, bytes);
    await card(name).getByText(en('files.direct-offered')).waitFor();
    await view.lookAround('direct-offered');
    await view.narrowly(() => view.look('direct-offered-narrow'));
    const path = join(folder, 'balcony.png');
    await saveTo(path);
    await accept(name);
    await card(name).getByRole('progressbar').waitFor();
    await view.look('direct-running');
    await card(name).getByText(en('files.direct-here')).waitFor({ timeout: 60_000 });
    expect((await readFile(path)).equals(bytes)).toBe(true);

    await offer('unwanted.zip', Buffer.from('unwanted'));
    await card('unwanted.zip')
      .getByRole('button', { name: en('files.decline-named', { name: 'unwanted.zip' }) })
      .click();
    await card('unwanted.zip').getByText(en('files.direct-declined')).waitFor();
  });

  it('say in the card why they are not here', async () => {
    await saveTo(join(folder, 'short.zip'));
    await offer('short.zip', Buffer.from('half of it'), 20);
    await accept('short.zip');
    await card('short.zip').getByText(en('files.direct-stopped')).waitFor();
    await saveTo(join(folder, 'more.zip'));
    await offer('more.zip', Buffer.from('more than was offered'), 4);
    await accept('more.zip');
    await card('more.zip').getByText(en('files.direct-too-many')).waitFor();
    await view.lookAround('direct-ended');
  });

  it('cannot be given to somebody who is away, and the button says why', async () => {
    const { page } = talk.stage;
    await paris.disconnect();
    const words = en('files.attach-nobody', { name: 'Paris' });
    await page.getByRole('button', { name: words }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(words).first().waitFor();
    await view.look('direct-nobody');
  });
});
