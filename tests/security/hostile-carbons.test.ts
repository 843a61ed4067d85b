import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domain, jid as full } from '../support/hostile-server';
import {
  chat,
  forwarded,
  hostileAccount,
  mallory,
  ns,
  nurse,
  own,
  romeo,
  type HostileAccount,
} from './hostile-account';

const carbon = (outer: string | null, kind: 'received' | 'sent', inner: string): string =>
  `<message xmlns='jabber:client'${outer === null ? '' : ` from='${outer}'`} to='${full}'>` +
  `<${kind} xmlns='${ns.carbons}'>${forwarded(inner)}</${kind}></message>`;
const sentTo = (peer: string, body: string, more = ''): string =>
  `<message xmlns='jabber:client' type='chat' from='${own}/phone' to='${peer}'><body>${body}</body>${more}</message>`;

describe('forged carbons', () => {
  let it_: HostileAccount;
  beforeAll(async () => {
    it_ = await hostileAccount();
    it_.send(chat(`${romeo}/balcony`, 'a true word'));
    await it_.settled();
  });
  afterAll(() => it_.stop());

  it.each([
    ['a stranger', `${mallory}/x`],
    ['a contact', `${romeo}/balcony`],
    ['a contact without resource', romeo],
    ['the own server', domain],
    ['another resource of the own account', `${own}/phone`],
    ['this very resource', full],
    ['an address that begins like the own one', `${own}.evil.test`],
    ['an address that ends like the own one', `x${own}`],
    ['nobody', null],
  ])('T1 a copy that %s makes is dropped', async (_who, outer) => {
    await it_.changesNothing(
      carbon(outer, 'received', chat(`${romeo}/balcony`, 'I never said that')),
      carbon(outer, 'received', chat(`${nurse}/x`, 'nor did she')),
      carbon(outer, 'sent', sentTo(romeo, 'I never wrote that')),
    );
  });

  it('T1 a copy inside a copy, and one with a body beside it, say nothing', async () => {
    const inner = carbon(own, 'received', chat(`${romeo}/balcony`, 'deep'));
    await it_.changesNothing(
      carbon(own, 'received', carbon(mallory, 'received', chat(`${romeo}/balcony`, 'deep'))),
      carbon(mallory, 'received', inner),
      `<message xmlns='jabber:client' type='chat' from='${mallory}' to='${full}'><body>x</body><received xmlns='${ns.carbons}'>${forwarded(inner)}</received></message>`,
      `<message xmlns='jabber:client' type='chat' from='${own}' to='${full}'><received xmlns='${ns.carbons}'/></message>`,
      `<message xmlns='jabber:client' type='chat' from='${own}' to='${full}'><received xmlns='${ns.carbons}'><forwarded xmlns='${ns.forward}'/></received></message>`,
    );
  });

  it('T1 what the own account copies is shown, in both directions', async () => {
    it_.send(
      carbon(own, 'received', chat(`${romeo}/balcony`, 'to the phone')),
      carbon(own, 'sent', sentTo(romeo, 'from the phone')),
    );
    await it_.settled();
    const rows = await it_.messages(romeo);
    expect(rows.find(({ body }) => body === 'to the phone')?.direction).toBe('in');
    expect(rows.find(({ body }) => body === 'from the phone')?.direction).toBe('out');
    await it_.livesOn();
  });

  it('T4 a copy of somebody’s correction changes nothing of ours, nor ours anything of theirs', async () => {
    const replace = (id: string): string => `<replace xmlns='urn:xmpp:message-correct:0' id='${id}'/>`;
    const mine = await it_.write(romeo, 'my own words');
    const said = `<message xmlns='jabber:client' id='said-1' type='chat' from='${romeo}/balcony' to='${own}'><body>his words</body></message>`;
    it_.send(said);
    await it_.settled();
    it_.send(
      carbon(own, 'received', chat(`${romeo}/balcony`, 'put into my mouth', replace(mine.wire))),
      carbon(own, 'sent', sentTo(romeo, 'put into his', replace('said-1'))),
      carbon(own, 'received', chat(`${nurse}/x`, 'from another chat', replace('said-1'))),
    );
    await it_.settled();
    const rows = await it_.messages(romeo);
    expect(rows.find(({ id }) => id === mine.row)).toMatchObject({ body: 'my own words', edited: false });
    expect(rows.find(({ body }) => body === 'his words')).toMatchObject({ edited: false });
    await it_.livesOn();
  });
});
