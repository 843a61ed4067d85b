import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { configure, peerJoins } from '../../core/rooms-support';
import { connectPeer } from '../../peers/connect-peer';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { asShared } from '../../core/support';
import { lookAt, WIDE, type Look } from '../look';
import { composer, en, openStage, sidebar, signIn, soon, type Stage } from '../support';

describe('rooms that can be found', () => {
  let server: TestServer;
  let stage: Stage;
  let romeo: Peer;
  let view: Look;
  const room = (name: string): string => `${name}@conference.${server.domain}`;

  beforeAll(async () => {
    // Its own server: the list has what is made here, and nothing else.
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    const shared = asShared(server);
    const [juliet, other] = await Promise.all([shared.newAccount('juliet'), shared.newAccount('romeo')]);
    romeo = await connectPeer(shared, other);
    view = lookAt(stage);
    await view.resize(WIDE);
    await signIn(stage.page, juliet, server.wsUrl);
  });
  afterAll(async () => {
    await romeo.disconnect();
    await stage.stop();
    await server.stop();
  });

  const dialog = (): Locator => stage.page.getByRole('dialog', { name: en('browse.open'), exact: true });
  const found = (): Locator => dialog().getByRole('listbox', { name: en('browse.rooms') });
  const open = async (): Promise<void> => {
    await sidebar(stage.page)
      .getByRole('button', { name: en('room.more') })
      .click();
    await stage.page.getByRole('menuitem', { name: en('browse.open') }).click();
    await dialog().waitFor();
  };

  it('where there are none, that is said with what can be done', async () => {
    await open();
    await dialog()
      .getByText(en('browse.none', { service: `conference.${server.domain}` }))
      .waitFor();
    await view.look('rooms-browse-none');
    await stage.page.keyboard.press('Escape');
  });

  it('are found as one types, and joined with Enter', async () => {
    const made = [
      [
        'market',
        'Market square',
        'Fruit, fish and everything else that Verona eats, every day from six to noon',
        {},
      ],
      ['capulet', 'House of Capulet', '', { 'muc#roomconfig_membersonly': '1' }],
      [
        'cell',
        'Friar Laurence’s cell',
        '<img src=x> herbs & advice',
        { 'muc#roomconfig_passwordprotectedroom': '1', 'muc#roomconfig_roomsecret': 'sleep' },
      ],
      [
        'tomb',
        'A tomb whose name is so long that it does not fit into the row and has to be cut off somewhere',
        '',
        {},
      ],
    ] as const;
    for (const [name, title, about, more] of made) {
      await peerJoins(romeo, room(name), 'Romeo');
      await configure(romeo, room(name), {
        'muc#roomconfig_roomname': title,
        'muc#roomconfig_roomdesc': about.replace(/&/g, '&amp;').replace(/</g, '&lt;'),
        'muc#roomconfig_publicroom': '1',
        'muc#roomconfig_persistentroom': '1',
        ...more,
      });
    }
    await open();
    await soon(() => found().getByRole('option').count()).toBe(4);
    await soon(() => found().innerText()).toContain('<img src=x> herbs & advice');
    await soon(() => found().innerText()).toContain(en('browse.members-only'));
    expect(await found().locator('img').count()).toBe(0);
    await view.lookAround('rooms-browse');
    await view.narrowly(() => view.look('rooms-browse-narrow'));
    await dialog().getByLabel(en('browse.find')).fill('nothing of the kind');
    await dialog()
      .getByText(en('browse.found-none', { query: 'nothing of the kind' }))
      .waitFor();
    await view.look('rooms-browse-not-found');
    await dialog().getByLabel(en('browse.find')).fill('fruit');
    await soon(() => found().getByRole('option').count()).toBe(1);
    await stage.page.keyboard.press('Enter');
    await composer(stage.page, 'Market square').waitFor();
    await dialog().waitFor({ state: 'detached' });
    await romeo.waitForRaw((xml) => xml.startsWith('<presence') && xml.includes(`${room('market')}/juliet`));
  });

  it('one that is joined says so; one with a password asks for it', async () => {
    await open();
    await soon(() => found().getByRole('option', { name: 'Market square' }).innerText()).toContain(
      en('browse.joined'),
    );
    await dialog().getByLabel(en('browse.find')).press('ArrowDown');
    await stage.page.keyboard.press('f');
    await stage.page.keyboard.press('Enter');
    const join = stage.page.getByRole('dialog', { name: en('room.join'), exact: true });
    await join.getByLabel(en('room.join-password'), { exact: true }).fill('sleep');
    await view.look('rooms-join-password');
    await stage.page.keyboard.press('Enter');
    await composer(stage.page, 'Friar Laurence’s cell').waitFor();
  });

  it('another service’s address can be typed; one without rooms says so', async () => {
    await open();
    await dialog()
      .getByRole('button', { name: en('browse.service', { service: `conference.${server.domain}` }) })
      .click();
    await stage.page.getByRole('menuitem', { name: en('browse.other') }).click();
    await dialog().getByLabel(en('browse.address')).fill(server.domain);
    await stage.page.keyboard.press('Enter');
    await dialog()
      .getByText(en('browse.not-a-service', { service: server.domain }))
      .waitFor();
    await view.look('rooms-browse-no-service');
    await stage.page.keyboard.press('Escape');
  });
});
