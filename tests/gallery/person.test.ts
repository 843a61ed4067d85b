import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { PASSWORD } from '../e2e/office';
import { contactRow, en, log, sidebar, soon } from '../e2e/support';
import { connectPeer } from '../peers/connect-peer';
import { handsOf, inSight } from './hands';
import { openOffice, type Office } from './seeded';

const CARD = `<vCard xmlns='vcard-temp'><FN>Maya Adaeze Okafor</FN><NICKNAME>May</NICKNAME>
<ORG><ORGNAME>Northgate Packaging</ORGNAME><ORGUNIT>Line 3</ORGUNIT></ORG><TITLE>Shift lead</TITLE>
<ROLE>Quality of labels, and whoever is new</ROLE><URL>https://northgate.example/sites/london/line-3/who-is-where</URL>
<TEL><WORK/><VOICE/><NUMBER>+44 20 7946 0142</NUMBER></TEL><TEL><CELL/><NUMBER>+44 7700 900142</NUMBER></TEL>
<EMAIL><WORK/><USERID>maya.okafor@northgate.example</USERID></EMAIL>
<ADR><WORK/><STREET>14 Wharf Road</STREET><PCODE>N1 7GR</PCODE><LOCALITY>London</LOCALITY><CTRY>United Kingdom</CTRY></ADR>
<BDAY>1988-03-14</BDAY><DESC>On the floor from six to two.</DESC></vCard>`;

/** Who somebody is: a contact with all that a card can say, a stranger, somebody who looks like another, a group. */
let office: Office;
const hands = handsOf(() => office);
const { page, dialog, press, escape, scene, openPeer, details, closeDetails } = hands;
beforeAll(async () => {
  office = await openOffice();
  const maya = await connectPeer(office.server, { jid: office.jid('maya'), password: PASSWORD });
  await maya.sendRaw(`<iq xmlns='jabber:client' type='set' id='card'>${CARD}</iq>`);
  await maya.waitForRaw((xml) => xml.startsWith('<iq') && xml.includes('card'));
  await maya.sendMessage(office.jid('nora'), 'Who takes the late shift?');
  await maya.disconnect();
  await openPeer('Maya Okafor');
});
afterAll(() => office.stop());
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});
const openRequest = async (name = 'devi'): Promise<void> => {
  await page()
    .getByRole('button', { name: en('roster.request-open', { name }) })
    .click();
  await page()
    .getByRole('region', { name: en('conversation.request-title', { name }) })
    .waitFor();
};

describe('the gallery: what somebody tells of themselves', () => {
  it('all of it', () =>
    office.hang({
      name: 'f0-card',
      open: async () => {
        await details();
        await page().getByText('Shift lead').waitFor();
      },
      each: inSight(() => page().getByText('Shift lead'), 'center'),
      close: closeDetails,
    }));
  it('as much of it as fits beside a name', () =>
    scene('f1-person-card', async () => {
      const tree = sidebar(page()).getByRole('tree');
      await tree.focus();
      await page().keyboard.type('Maya');
      await soon(() =>
        tree.evaluate(
          (one) => document.getElementById(one.getAttribute('aria-activedescendant') ?? '')?.innerText,
        ),
      ).toContain('Maya Okafor');
      await press('Alt+Enter');
      await dialog().getByText('Shift lead').waitFor();
    }));
});

describe('the gallery: somebody who is no contact', () => {
  it('what is known of them', () =>
    scene(
      'f2-stranger',
      async () => {
        await openRequest();
        await details();
      },
      closeDetails,
    ));
  it('what can be done with what they wrote', () =>
    scene('f3-stranger-menu', async () => {
      await openRequest();
      await log(page()).getByText('pallets').first().click({ button: 'right' });
      await page().getByRole('menu').waitFor();
    }));
  it('who looks like somebody else', () =>
    scene(
      'f4-stranger-like',
      async () => {
        // The second letter is Cyrillic.
        const name = 'm\u0430ya';
        await office.server.createUser(name, PASSWORD);
        const other = await connectPeer(
          office.server,
          { jid: office.jid(name), password: PASSWORD },
          { client: 'stanza' },
        );
        await other.sendMessage(office.jid('nora'), 'My other address is full. Send the list here.');
        await page()
          .getByRole('button', { name: en('roster.request-open', { name }) })
          .waitFor();
        await openRequest(name);
        await other.disconnect();
      },
      () => openPeer('Maya Okafor'),
    ));
});

describe('the gallery: a group of contacts', () => {
  const menuOf = async (): Promise<void> => {
    await contactRow(page(), 'Design').first().click({ button: 'right' });
    await page().getByRole('menu').waitFor();
  };
  it('what can be done with it', () => scene('f5-menu-group', menuOf));
  it('it has another name', () =>
    scene('f6-group-name', async () => {
      await menuOf();
      await hands.item('roster.rename-group');
      await page().getByRole('tree').getByRole('textbox').waitFor();
    }));
  it('it goes', () =>
    scene('f7-group-remove', async () => {
      await menuOf();
      await hands.item('roster.remove-group');
      await dialog().waitFor();
    }));
  it('somebody is added to it', () =>
    scene(
      'f8-group-add',
      async () => {
        await menuOf();
        await hands.item('roster.add-here');
        await dialog().waitFor();
      },
      escape,
    ));
});
