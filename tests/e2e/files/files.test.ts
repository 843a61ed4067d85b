import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../src-shared/model/settings';
import { peerShares, peerUploads } from '../../core/files-support';
import type { Peer } from '../../peers/peer';
import { pngOf } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { accountOf, ask, composer, en, log, openChat, soon } from '../support';
import { openTalk, type Talk } from '../talk-kit';

/** What the test servers take. */
const LIMIT = 10 * 1024 * 1024;

describe('files', () => {
  let talk: Talk;
  let view: Look;
  const folder = mkdtempSync(join(tmpdir(), 'flint-files-'));
  const fileOf = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };
  const attach = (): Locator => talk.stage.page.locator('input[type=file]');
  const tray = (): Locator => talk.stage.page.getByRole('list', { name: en('files.tray') });
  const cards = (): Locator => log(talk.stage.page).locator('.file');
  const pictures = (): Locator => log(talk.stage.page).locator('.picture > img');
  const drawn = (): Promise<readonly number[]> =>
    pictures().evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
  const sharedBy = async (name: string, bytes: Buffer, type = 'image/png'): Promise<string> => {
    const service = `upload.${talk.server.domain}`;
    const url = await peerUploads(talk.romeo, service, { name, type, bytes });
    await peerShares(talk.romeo, talk.juliet.jid, url);
    return url;
  };

  beforeAll(async () => {
    talk = await openTalk();
    view = lookAt(talk.stage);
    await view.resize(WIDE);
    await openChat(talk.stage.page);
  });
  afterAll(async () => {
    await talk.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are chosen, several at once, and become messages', async () => {
    const { page } = talk.stage;
    await page.getByRole('button', { name: en('files.attach'), exact: true }).waitFor();
    await attach().setInputFiles([
      fileOf('Minutes of the meeting of the house of Capulet, third Thursday.pdf', 'minutes'),
      fileOf('balcony.png', pngOf(320, [38, 84, 140])),
    ]);
    for (const _ of [1, 2]) {
      const xml = await talk.romeo.waitForRaw((raw) => raw.includes('jabber:x:oob'));
      const url = /<url>([^<]+)</.exec(xml)?.[1] ?? '';
      expect((await fetch(url)).ok).toBe(true);
    }
    await soon(() => tray().count()).toBe(0);
    await soon(drawn).toEqual([320]);
    await soon(() => cards().count()).toBe(1);
    await soon(() => talk.chatRow('Romeo').innerText()).toContain(en('files.last', { name: 'balcony.png' }));
  });

  it('T20 a picture of a contact is shown in its place, other files as cards with what can be done', async () => {
    await sharedBy('garden.png', pngOf(640, [30, 110, 70]));
    await soon(drawn).toEqual([320, 640]);
    // It took more room than was known, and what is read stays at the end.
    await soon(() => talk.stage.page.getByRole('button', { name: en('conversation.jump') }).count()).toBe(0);
    await sharedBy('notes.txt', Buffer.from('But soft'), 'text/plain');
    await soon(() => cards().count()).toBe(2);
    await view.lookAround('files-log');
    await view.narrowly(() => view.look('files-narrow'));
  });

  it('T21 what is no picture is not drawn, and is said', async () => {
    await sharedBy('broken.png', Buffer.from('<svg onload="alert(1)"></svg>'));
    await soon(() => cards().count()).toBe(3);
    await soon(() => cards().last().innerText()).toContain(en('error.file-bad-picture'));
    await view.look('files-bad');
  });

  it('a picture is looked at by itself: arrows, size, Escape', async () => {
    const { page } = talk.stage;
    await log(page)
      .getByRole('button', { name: en('files.enlarge', { name: 'garden.png' }) })
      .click();
    const viewer = page.getByRole('dialog', { name: 'garden.png' });
    await viewer.waitFor();
    await view.look('files-viewer');
    await page.keyboard.press('+');
    await soon(() => viewer.locator('img').evaluate((one) => one.style.width)).toBe('150%');
    await page.keyboard.press('ArrowRight');
    await soon(() => viewer.locator('.stage').evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
    await page.keyboard.press('0');
    await page.keyboard.press('ArrowLeft');
    const other = page.getByRole('dialog', { name: 'balcony.png' });
    await other.waitFor();
    await view.lookWith('files-viewer-dark', { theme: 'dark' });
    const path = join(folder, 'saved.png');
    await talk.stage.flint.app.evaluate(({ dialog }, to) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: to });
    }, path);
    await other.getByRole('button', { name: `${en('files.save-as')} balcony.png` }).click();
    await page.getByText(en('files.saved', { name: 'balcony.png' })).waitFor();
    expect(await readFile(path)).toEqual(pngOf(320, [38, 84, 140]));
    await page.keyboard.press('Escape');
    await other.waitFor({ state: 'detached' });
  });

  it('what cannot go says why above the composer, and waits without a connection', async () => {
    const { page } = talk.stage;
    const account = await accountOf(page);
    await attach().setInputFiles([fileOf('Hall B video.mp4', Buffer.alloc(LIMIT + 1))]);
    await soon(() => tray().getByRole('alert').innerText()).toContain('Hall B video.mp4');
    await attach().setInputFiles([fileOf('Balcony.heic', Buffer.from('\0\0\0\x18ftypheic', 'latin1'))]);
    const anyway = tray().getByRole('button', {
      name: en('files.send-anyway-named', { name: 'Balcony.heic' }),
    });
    await anyway.waitFor();
    await ask(page, 'presence.set', { account, kind: 'offline', status: null });
    await attach().setInputFiles([fileOf('later.txt', 'later')]);
    await soon(() => tray().innerText()).toContain(en('files.waiting'));
    await view.lookAround('files-tray');
    await view.narrowly(() => view.look('files-tray-narrow'));
    await tray()
      .getByRole('button', { name: en('files.cancel', { name: 'Hall B video.mp4' }) })
      .click();
    await anyway.click();
    await ask(page, 'presence.set', { account, kind: 'online', status: null });
    await talk.romeo.waitForRaw((raw) => raw.includes('Balcony.heic'));
    await talk.romeo.waitForRaw((raw) => raw.includes('later.txt'));
    await soon(() => tray().count()).toBe(0);
  });

  it('are dropped on the conversation, which says what happens, and pasted', async () => {
    const { page } = talk.stage;
    const data = await page.evaluateHandle(async () => {
      const held = new DataTransfer();
      held.items.add(new File([new TextEncoder().encode('dropped')], 'dropped.txt', { type: 'text/plain' }));
      return held;
    });
    const conversation = page.getByRole('main');
    await conversation.dispatchEvent('dragenter', { dataTransfer: data });
    await page.getByText(en('files.drop', { name: 'Romeo' })).waitFor();
    await view.look('files-drop');
    await view.lookWith('files-drop-dark', { theme: 'dark' });
    await conversation.dispatchEvent('dragleave', { dataTransfer: data });
    await soon(() => page.getByText(en('files.drop', { name: 'Romeo' })).count()).toBe(0);

    const png = pngOf(96, [150, 60, 40]).toString('base64');
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([bytes], 'image.png', { type: 'image/png' }));
      document
        .querySelector('textarea.text')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, png);
    await soon(drawn).toContain(96);
  });

  it('all of a conversation are listed beside it, each leading to its message', async () => {
    const { page } = talk.stage;
    await page.getByRole('button', { name: en('conversation.details') }).click();
    const list = page.getByRole('region', { name: en('files.shared') });
    await soon(() => list.getByRole('listitem').count()).toBe(8);
    await list.scrollIntoViewIfNeeded();
    await view.lookAround('files-shared');
    await list.locator(`[data-tip="${en('files.shared-show', { name: 'balcony.png' })}"]`).click();
    await log(page).locator('article.hit').waitFor();
    const toEnd = page.getByRole('button', { name: /go to the latest/iu });
    await toEnd.click();
    await toEnd.waitFor({ state: 'detached' });
  });

  it('a card of somebody whose picture is not loaded by itself has a button for it', async () => {
    const { page } = talk.stage;
    await ask(page, 'settings.set', { patch: { autoLoadMegabytes: 0 } });
    // Back from the one that was looked for: what is not in sight is not looked at.
    await log(page).locator('article').last().press('Control+End');
    await sharedBy('letter.png', pngOf(128, [90, 90, 90]));
    const card = log(page).getByRole('group', { name: 'letter.png' });
    await card.getByText(en('files.held-large')).waitFor();
    await view.look('files-held');
    await card.getByRole('button', { name: en('files.load-named', { name: 'letter.png' }) }).click();
    await soon(drawn).toContain(128);
  });

  it('T25 no address and no name of a file is in the log', async () => {
    const account = await accountOf(talk.stage.page);
    const { value } = await ask(talk.stage.page, 'file.list', {
      account,
      peer: talk.romeo.bareJid,
      before: null,
      limit: 1,
    });
    const text = await ask(talk.stage.page, 'app.diagnostics', {});
    expect(text).not.toContain(value[0]?.file?.url);
    expect(text).not.toContain('letter.png');
    expect(await readFile(join(folder, 'later.txt'), 'utf8')).toBe('later');
  });

  it('what one sends brings the end back into sight, as a text does', async () => {
    const { page } = talk.stage;
    const back = page.getByRole('button', { name: en('conversation.jump') });
    for (let line = 1; line <= 30; line += 1)
      await talk.romeo.sendMessage(talk.juliet.jid, `line ${String(line)}`);
    await log(page).getByText('line 30', { exact: true }).waitFor();
    await log(page).hover();
    await page.mouse.wheel(0, -600);
    await back.waitFor();
    await attach().setInputFiles([fileOf('after all.txt', 'after all')]);
    await log(page).getByText('after all.txt').waitFor();
    await back.waitFor({ state: 'detached' });
  });

  it('a picture that goes from the screen in another way lies over nothing: what comes after it is read', async () => {
    const { page } = talk.stage;
    const account = await accountOf(page);
    await ask(page, 'settings.set', { patch: { autoLoadMegabytes: defaultSettings.autoLoadMegabytes } });
    const looked = page.getByRole('dialog', { name: 'rose.png' });
    const enlarge = (): Promise<void> =>
      log(page)
        .getByRole('button', { name: en('files.enlarge', { name: 'rose.png' }) })
        .click();
    const isRead = async (peer: Peer, body: string): Promise<void> => {
      await peer.sendMessage(talk.juliet.jid, body);
      const last = async () => {
        const { value } = await ask(page, 'chats.list', { account });
        const chat = value.find((one) => one.peer === peer.bareJid);
        return [chat?.last?.text, chat?.unread];
      };
      await soon(last).toEqual([body, 0]);
    };
    const url = await peerUploads(talk.romeo, `upload.${talk.server.domain}`, {
      name: 'rose.png',
      type: 'image/png',
      bytes: pngOf(200, [160, 30, 60]),
    });
    await talk.romeo.sendRaw(
      `<message type='chat' to='${talk.juliet.jid}' id='rose-1'><body>${url}</body><x xmlns='jabber:x:oob'><url>${url}</url></x></message>`,
    );
    await enlarge();
    await looked.waitFor();
    // As a click on a notification does.
    await ask(page, 'chat.show', { account, peer: talk.nurse.bareJid, message: null });
    await composer(page, 'Nurse').waitFor();
    await isRead(talk.nurse, 'Anon, good nurse!');
    await openChat(page);
    await soon(() => looked.count()).toBe(0);

    await enlarge();
    await looked.waitFor();
    await talk.romeo.sendRaw(
      `<message type='chat' id='undo-1' to='${talk.juliet.jid}'><retract xmlns='urn:xmpp:message-retract:1' id='rose-1'/><store xmlns='urn:xmpp:hints'/></message>`,
    );
    await looked.waitFor({ state: 'detached' });
    await isRead(talk.romeo, 'By any other name');
  });
});
