import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Peer } from '../../peers/peer';
import type { TestServer } from '../../servers/server';
import { startServer } from '../../servers/start-server';
import { pngOf, sha1 } from '../../support/pictures';
import { lookAt, WIDE, type Look } from '../look';
import { furnish, jidAt, PASSWORD } from '../office';
import { contactRow, en, openChat, openStage, settings, signIn, soon, type Stage } from '../support';

const CARD = `<vCard xmlns='vcard-temp'><FN>Maya Adaeze Okafor</FN><NICKNAME>May</NICKNAME>
<ORG><ORGNAME>Northgate Packaging</ORGNAME><ORGUNIT>Line 3</ORGUNIT></ORG><TITLE>Shift lead</TITLE><ROLE>Quality</ROLE><URL>northgate.example/line-3</URL>
<TEL><WORK/><VOICE/><NUMBER>+44 20 7946 0142</NUMBER></TEL><EMAIL><WORK/><USERID>maya.okafor@northgate.example</USERID></EMAIL>
<ADR><WORK/><STREET>14 Wharf Road</STREET><PCODE>N1 7GR</PCODE><LOCALITY>London</LOCALITY><CTRY>United Kingdom</CTRY></ADR>
<BDAY>1988-03-14</BDAY><DESC>On the floor from six to two.</DESC></vCard>`;

/** XEP-0153: the picture is in the card, its hash in a presence. */
const FACE = pngOf(96, [58, 104, 148]);
const WITH_FACE = CARD.replace(
  '</vCard>',
  `<PHOTO><TYPE>image/png</TYPE><BINVAL>${FACE.toString('base64')}</BINVAL></PHOTO></vCard>`,
);

describe('what contacts tell of themselves', () => {
  let server: TestServer;
  let stage: Stage;
  let view: Look;
  let peers: ReadonlyMap<string, Peer> = new Map();

  beforeAll(async () => {
    [server, stage] = await Promise.all([startServer('prosody'), openStage()]);
    view = lookAt(stage);
    await view.resize(WIDE);
    await settings(stage.page, { theme: 'light' });
    peers = await furnish(server);
    await peers.get('maya')!.sendRaw(`<iq xmlns='jabber:client' type='set' id='card'>${CARD}</iq>`);
    await peers.get('maya')!.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card'));
    await signIn(stage.page, { jid: jidAt(server)('nora'), password: PASSWORD }, server.wsUrl);
    await contactRow(stage.page, '李雯 Li Wen').waitFor();
  });
  afterAll(async () => {
    await Promise.allSettled([...peers.values()].map((peer) => peer.disconnect()));
    await stage.stop();
    await server.stop();
  });

  it('their card is in the details; without one a sentence says so', async () => {
    const { page } = stage;
    await openChat(page, 'Maya Okafor');
    await page.getByRole('button', { name: en('conversation.details') }).click();
    const card = page.getByRole('region', { name: en('contact.card') });
    await soon(() => card.innerText()).toContain('Maya Adaeze Okafor');
    const text = await card.innerText();
    for (const part of [
      'Shift lead',
      'Quality',
      'Northgate Packaging',
      '+44 20 7946 0142',
      '14 Wharf Road',
      '1988',
      'six to two',
    ])
      expect(text).toContain(part);
    await view.lookAround('details-card');
    // Out of the window by the gate alone, and to the clipboard.
    await stage.flint.app.evaluate(({ shell }) => {
      shell.openExternal = (url) => {
        (globalThis as { opened?: string[] }).opened = [
          ...((globalThis as { opened?: string[] }).opened ?? []),
          url,
        ];
        return Promise.resolve();
      };
    });
    await card.getByRole('link', { name: 'maya.okafor@northgate.example' }).click();
    await card.getByRole('link', { name: 'northgate.example/line-3' }).click();
    await soon(() =>
      stage.flint.app.evaluate(() => (globalThis as { opened?: string[] }).opened ?? []),
    ).toEqual(['mailto:maya.okafor@northgate.example', 'https://northgate.example/line-3']);
    await card.getByRole('button', { name: en('contact.copy', { value: '+44 20 7946 0142' }) }).click();
    await soon(() => stage.flint.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(
      '+44 20 7946 0142',
    );
    await openChat(page, '王子轩');
    await soon(() => card.innerText()).toContain(en('contact.card-empty'));
    await view.look('details-card-empty');
  });

  it('their picture is wherever they are: list, chats, header, messages, details', async () => {
    const { page } = stage;
    const maya = peers.get('maya')!;
    await openChat(page, 'Maya Okafor');
    await maya.sendMessage(jidAt(server)('nora'), 'New picture, what do you think?');
    await page.getByRole('log').getByText('New picture').first().waitFor();
    const pictures = page.locator('img.in');
    expect(await pictures.count()).toBe(0);
    await maya.sendRaw(`<iq xmlns='jabber:client' type='set' id='face'>${WITH_FACE}</iq>`);
    await maya.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('face'));
    await maya.sendRaw(
      `<presence xmlns='jabber:client'><status>On the floor until 3</status><x xmlns='vcard-temp:x:update'><photo>${sha1(FACE)}</photo></x></presence>`,
    );
    await soon(() => pictures.count()).toBeGreaterThanOrEqual(4);
    await soon(() =>
      pictures.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth === 96)),
    ).toBe(true);
    await view.lookAround('avatars');
    await view.lookWith('avatars-compact', { density: 'compact' });
    // Another start has it before the server answers.
    const again = await stage.restart();
    await view.resize(WIDE);
    await soon(() => again.locator('img.in').count()).toBeGreaterThanOrEqual(1);
  });

  it('when an absent contact was last there is in the header and in the details', async () => {
    const { page } = stage;
    await peers.get('anneke')!.disconnect();
    await openChat(page, 'Anneke de Vries');
    await page.getByRole('button', { name: en('conversation.details') }).click();
    const seen = page.getByText(en('contact.last-seen-now'));
    await soon(() => seen.count()).toBe(2);
    await view.lookAround('details-last-seen');
  });
});
