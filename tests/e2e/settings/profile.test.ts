import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { pngClaiming, pngOf } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import { contactRow, en, openStage, settings, sidebar, signIn, soon, zh, type Stage } from '../support';

const CARD = `<vCard xmlns='vcard-temp'><FN>Nora Lindqvist</FN><TITLE>Planner</TITLE><ROLE>Logistics</ROLE>
<TEL><WORK/><VOICE/><NUMBER>+46 8 123 456</NUMBER></TEL><BDAY>1990-05-17</BDAY></vCard>`;

describe('the own profile', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();
  /** Nora's other device. */
  let phone: Peer;

  const ask = async (peer: Peer, id: string, inner: string, to?: string): Promise<string> => {
    const type = inner.includes('<FN>') ? 'set' : 'get';
    await peer.sendRaw(
      `<iq xmlns='jabber:client' type='${type}' id='${id}'${to ? ` to='${to}'` : ''}>${inner}</iq>`,
    );
    return peer.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes(id));
  };
  const field = (key: Parameters<typeof en>[0]) =>
    stage.page.getByRole('textbox', { name: en(key), exact: true });
  const save = () => stage.page.getByRole('button', { name: en('profile.save') });

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    peers = await furnish(server);
    phone = await connectPeer(server, { jid: jidAt(server)('nora'), password: PASSWORD });
    await ask(phone, 'card-1', CARD);
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values(), phone].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  it('is read, changed by keyboard and saved; contacts see it, and what others wrote stays', async () => {
    const { page } = stage;
    await page.getByRole('button', { name: en('shell.me-menu') }).click();
    await page.getByRole('menuitem', { name: en('shell.profile') }).click();
    await page.getByRole('heading', { level: 2, name: en('settings.profile'), exact: true }).waitFor();
    await soon(() => field('profile.full-name').inputValue()).toBe('Nora Lindqvist');
    expect(await field('profile.title').inputValue()).toBe('Planner');
    await soon(() => save().isDisabled()).toBe(true);
    await field('profile.given').fill('Nora');
    await field('profile.organisation').fill('Northgate Packaging');
    await page.getByRole('button', { name: en('profile.mail-add') }).click();
    // The new field has the keyboard.
    await page.keyboard.type('nora@northgate.example');
    await page.getByText(en('profile.unsaved')).waitFor();
    await view.lookAround('profile');
    // What is being written outlives a look at another page.
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.privacy'), exact: true })
      .click();
    await page
      .getByRole('navigation')
      .getByRole('button', { name: en('settings.profile'), exact: true })
      .click();
    expect(await field('profile.given').inputValue()).toBe('Nora');
    await field('profile.given').press('Enter');
    await page.getByText(en('profile.saved')).waitFor();
    const card = await ask(
      peers.get('maya')!,
      'card-2',
      `<vCard xmlns='vcard-temp'/>`,
      jidAt(server)('nora'),
    );
    for (const part of ['Northgate Packaging', 'nora@northgate.example', '+46 8 123 456', 'Logistics'])
      expect(card).toContain(part);
    await view.look('profile-saved');
  });

  it('the birthday is typed as the language writes dates', async () => {
    const { page } = stage;
    const birthday = page.getByLabel(en('profile.birthday'), { exact: true });
    expect(await birthday.inputValue()).toBe('17/05/1990');
    await birthday.fill('3/4/1991');
    await birthday.press('Enter');
    await page.getByText(en('profile.saved')).waitFor();
    await soon(() => birthday.inputValue()).toBe('03/04/1991');
    const card = await ask(phone, 'card-day', `<vCard xmlns='vcard-temp'/>`, jidAt(server)('nora'));
    expect(card).toMatch(/<BDAY>1991-?04-?03</);
    await settings(page, { language: 'zh-CN' });
    await soon(() => page.getByLabel(zh('profile.birthday'), { exact: true }).inputValue()).toBe(
      '1991/04/03',
    );
    await settings(page, { language: 'en' });
    await birthday.waitFor();
  });

  it('says so when another device changed the same meanwhile, and reads it again', async () => {
    const { page } = stage;
    await ask(phone, 'card-3', CARD.replace('Planner', 'Head of planning'));
    await field('profile.title').fill('Chief planner');
    await save().click();
    await page.getByText(en('profile.clash')).waitFor();
    await view.look('profile-clash');
    await page.getByRole('button', { name: en('profile.read-again') }).click();
    await soon(() => field('profile.title').inputValue()).toBe('Head of planning');
    await field('profile.title').fill('Chief planner');
    await save().click();
    await page.getByText(en('profile.saved')).waitFor();
    await page.keyboard.press('Escape');
    await soon(() => sidebar(page).getByText('Nora Lindqvist').count()).toBe(1);
  });

  it('T21 a picture is chosen, cut by keys and wheel, and seen by others; what is none is refused before it is drawn', async () => {
    const { page } = stage;
    const maya = peers.get('maya')!;
    await page.getByRole('button', { name: en('shell.me-menu') }).click();
    await page.getByRole('menuitem', { name: en('shell.profile') }).click();
    const file = page.locator('input[type=file]');
    const give = (name: string, buffer: Buffer): Promise<void> =>
      file.setInputFiles({ name, mimeType: 'image/png', buffer });
    await give('bomb.png', pngClaiming(60_000, 60_000));
    await page.getByText(en('profile.picture-pixels')).waitFor();
    await give('words.png', Buffer.from('These are words.'));
    await page.getByText(en('profile.picture-type')).waitFor();
    await view.look('picture-refused');

    await give('me.png', pngOf(640, [58, 104, 148]));
    const dialog = page.getByRole('dialog', { name: en('profile.crop') });
    await dialog.waitFor();
    // What was refused before is no longer said.
    await soon(() => page.getByText(en('profile.picture-type')).count()).toBe(0);
    const part = dialog.getByRole('img', { name: en('profile.crop-part') });
    const zoom = dialog.getByRole('slider', { name: en('profile.zoom') });
    // It is there before anything is moved.
    const corner = (): Promise<readonly number[]> =>
      part.evaluate((one) => [...(one as HTMLCanvasElement).getContext('2d')!.getImageData(4, 4, 1, 1).data]);
    await soon(corner).toEqual([58, 104, 148, 255]);
    await part.focus();
    for (const key of ['+', '+', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
    await soon(() => zoom.getAttribute('aria-valuenow')).toBe('121');
    await part.hover();
    await page.mouse.wheel(0, -100);
    await soon(() => zoom.getAttribute('aria-valuenow')).toBe('133');
    await view.lookAround('picture-crop');
    await dialog.getByRole('button', { name: en('profile.picture-use') }).click();
    await dialog.waitFor({ state: 'detached' });
    const shown = page.getByRole('main').locator('img.in');
    await soon(() =>
      shown.evaluateAll((all) => all.map((one) => (one as HTMLImageElement).naturalWidth)),
    ).toEqual([256]);
    await maya.waitForRaw(
      (xml) =>
        xml.startsWith('<presence') && xml.includes('nora@') && /<photo>[0-9a-f]{40}<\/photo>/.test(xml),
    );
    expect(await ask(maya, 'card-4', `<vCard xmlns='vcard-temp'/>`, jidAt(server)('nora'))).toContain(
      'BINVAL',
    );
    await view.lookAround('picture');

    await page.getByRole('button', { name: en('profile.picture-remove') }).click();
    await soon(() => shown.count()).toBe(0);
    expect(await ask(maya, 'card-5', `<vCard xmlns='vcard-temp'/>`, jidAt(server)('nora'))).not.toContain(
      'BINVAL',
    );
    await page.keyboard.press('Escape');
  });
});
