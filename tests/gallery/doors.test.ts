import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { accountOf, ask, en, sidebar } from '../e2e/support';
import { freePorts } from '../servers/free-ports';
import { connectComponent, type Component } from '../servers/prosody/component';
import { handsOf } from './hands';
import { openOffice, type Office } from './seeded';

const MUC = 'http://jabber.org/protocol/muc';
const STANZAS = 'urn:ietf:params:xml:ns:xmpp-stanzas';

/** What a service answers whoever wants into its rooms (XEP-0045 §7.2), by the room's name. */
const refusals: Readonly<Record<string, readonly [type: string, condition: string]>> = {
  theatre: ['wait', 'service-unavailable'],
  sauna: ['modify', 'not-acceptable'],
  cellar: ['cancel', 'not-allowed'],
};

/** Rooms that do not let us in, each for a reason of its own, and one that went away below us. */
let office: Office;
let service: Component;
/** Who is in a room of this service, and by which name there. */
const inside = new Map<string, string>();
const hands = handsOf(() => office);
const { dialog, knock, openRoom, page, scene } = hands;
const at = (name: string): string => `${name}@${service.domain}`;

beforeAll(async () => {
  const { component: port } = await freePorts(['component']);
  office = await openOffice({ componentPort: port });
  service = await connectComponent(office.server, port, (stanza) => {
    const { from = '', to = '', id = '', type } = stanza.attrs as Record<string, string | undefined>;
    const head = `from="${to}" to="${from}" id="${id}"`;
    const refusal = refusals[to.split('@')[0] ?? ''];
    if (stanza.is('presence') && type === undefined && refusal) {
      const [kind, condition] = refusal;
      service.send([
        `<presence type="error" ${head}><x xmlns="${MUC}"/><error type="${kind}"><${condition} xmlns="${STANZAS}"/></error></presence>`,
      ]);
    } else if (stanza.is('presence') && type === undefined && inside.has(to)) {
      service.send([
        `<presence type="error" ${head}><x xmlns="${MUC}"/><error type="wait"><resource-constraint xmlns="${STANZAS}"/></error></presence>`,
      ]);
    } else if (stanza.is('presence') && type === undefined) {
      inside.set(to, from);
      const role = to.startsWith('podium') ? 'visitor' : 'participant';
      service.send([
        `<presence ${head}><x xmlns="${MUC}#user"><item affiliation="none" role="${role}"/><status code="110"/></x></presence>`,
        `<message type="groupchat" from="${to.split('/')[0] ?? ''}" to="${from}"><subject>Trucks as they come in</subject></message>`,
      ]);
    } else if (stanza.is('message') && type !== 'error') {
      // As Openfire 4.2 answers who asks for voice.
      service.send([
        `<message type="error" ${head}><error type="modify"><bad-request xmlns="${STANZAS}"/></error></message>`,
      ]);
    } else if (stanza.is('iq') && type === 'get') {
      const info = 'http://jabber.org/protocol/disco#info';
      const name = to.startsWith('podium') ? 'Podium' : 'Gate 4';
      service.send([
        `<iq type="result" ${head}><query xmlns="${info}"><identity category="conference" type="text" name="${name}"/><feature var="${MUC}"/></query></iq>`,
      ]);
    }
  });
});
afterAll(async () => {
  await service.stop();
  await office.stop();
});
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await page().reload();
  await sidebar(page()).waitFor();
});

describe('the gallery: rooms that stay shut', () => {
  it('it is full', () =>
    scene('96-room-full', async () => {
      await knock(at('theatre'));
      await dialog().getByText(en('room.refused-full-title')).waitFor();
    }));
  it('one is called otherwise there', () =>
    scene('9d-room-nick-locked', async () => {
      await knock(at('sauna'));
      await dialog()
        .getByText(en('room.refused-nick-locked-title', { nick: 'Nora' }))
        .waitFor();
    }));
  it('nobody may make one there', () =>
    scene('9e-room-no-creation', async () => {
      await knock(at('cellar'));
      await dialog()
        .getByText(en('room.refused-no-creation-title', { room: at('cellar') }))
        .waitFor();
    }));
  it('there are no rooms at all', () =>
    scene('9f-room-no-service', async () => {
      const nowhere = `rooms.${office.server.domain}`;
      await knock(`lunch@${nowhere}`);
      await dialog()
        .getByText(en('room.refused-no-service-title', { service: nowhere }))
        .waitFor();
    }));
  it('one may only read there, and nobody can be asked', () =>
    scene(
      '9h-room-no-voice-requests',
      async () => {
        await hands.join(at('podium'));
        await hands.foldContacts();
        await openRoom('Podium');
        await hands.button('moderation.ask-voice');
        await page().getByText(en('error.no-voice-requests')).waitFor();
      },
      async () => {
        await hands.foldContacts();
        await ask(page(), 'room.leave', { account: await accountOf(page()), peer: at('podium') });
      },
    ));
  it('its server went down, and Flint waits for it', () =>
    scene(
      '9g-room-waiting',
      async () => {
        const gate = at('gate-4');
        await hands.join(gate);
        await hands.foldContacts();
        await openRoom('Gate 4');
        const [occupant = '', who = ''] = [...inside].find(([to]) => to.startsWith(gate)) ?? [];
        service.send([
          `<presence type="unavailable" from="${occupant}" to="${who}"><x xmlns="${MUC}#user"><item affiliation="none" role="none"/><status code="110"/><status code="332"/></x></presence>`,
        ]);
        await hands.details();
        await page()
          .getByRole('complementary', { name: en('shell.details') })
          .getByText(en('room.is-waiting'))
          .waitFor();
      },
      hands.closeDetails,
    ));
});
