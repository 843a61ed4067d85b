import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../src-main/session/incoming/read-message';
import { isOwnCarbon } from '../../../src-main/xmpp/guards/carbon';
import { isOwnEvent } from '../../../src-main/xmpp/guards/own-event';
import { mayPublishPrivately } from '../../../src-main/xmpp/guards/private-publish';
import {
  blockedBy,
  denyAll,
  invisibleList,
  listSet,
  parseListNames,
  parseListPush,
  parseList,
} from '../../../src-main/xmpp/xep/0016-privacy-lists';
import { parseEvent, publish } from '../../../src-main/xmpp/xep/0060-pubsub';
import { privateNode } from '../../../src-main/xmpp/xep/0163-pep';
import { parseBlockList, parseBlockPush } from '../../../src-main/xmpp/xep/0191-blocking';
import { isCarbon, parseCarbon } from '../../../src-main/xmpp/xep/0280-carbons';
import { displayed, parseDisplayed } from '../../../src-main/xmpp/xep/0333-markers';
import { parseReadPlace, readPlace, READ_PLACES } from '../../../src-main/xmpp/xep/0490-read-places';
import { stanza } from '../../support/stanza';

const own = 'juliet@x';
const copy = (
  kind: string,
  inner = `<message xmlns='jabber:client' from='romeo@x/a'><body>hi</body></message>`,
) =>
  `<${kind} xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>` +
  `<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>${inner}</forwarded></${kind}>`;

describe('carbons (XEP-0280)', () => {
  it('opens a copy, with its stamp', () => {
    const message = stanza(`<message from='${own}'>${copy('received')}</message>`);
    expect(isCarbon(message)).toBe(true);
    const carbon = parseCarbon(message);
    expect(carbon).toMatchObject({ direction: 'received', delay: { at: Date.UTC(2026, 0, 1) } });
    expect(carbon?.message.attrs['from']).toBe('romeo@x/a');
  });

  it('T1 only the own bare address makes copies', () => {
    for (const from of ['romeo@x', 'romeo@x/a', 'x', `${own}/other`, `${own}.evil`])
      expect(isOwnCarbon(stanza(`<message from='${from}'>${copy('sent')}</message>`), own)).toBe(false);
    expect(isOwnCarbon(stanza(`<message>${copy('sent')}</message>`), own)).toBe(false);
    expect(isOwnCarbon(stanza(`<message from='${own}'>${copy('sent')}</message>`), own)).toBe(true);
  });

  it('T1 takes nothing for a copy that is half of one, or two', () => {
    for (const content of [
      copy('received') + copy('sent'),
      copy('received', ''),
      copy('sent', "<message xmlns='urn:other'/>"),
      "<received xmlns='urn:xmpp:carbons:2'/>",
    ])
      expect(parseCarbon(stanza(`<message from='${own}'>${content}</message>`))).toBeNull();
    expect(isCarbon(stanza("<message><received xmlns='urn:xmpp:receipts' id='1'/></message>"))).toBe(false);
  });
});

describe('receipts and markers', () => {
  const account = { bare: own, domain: 'x', stanzaIds: true, now: 1 };
  const about = (from: string, to: string, content: string) =>
    readMessage(stanza(`<message type='chat' from='${from}' to='${to}'>${content}</message>`), account, {
      by: 'carbon',
      delay: null,
    });
  const received = "<received xmlns='urn:xmpp:receipts' id='m1'/>";
  const shown = "<displayed xmlns='urn:xmpp:chat-markers:0' id='m1'/>";

  it('T11 are about what went to whom they come from', () => {
    for (const [content, kind] of [
      [received, 'received'],
      [shown, 'read'],
    ] as const)
      expect(about('romeo@x/a', own, content)).toMatchObject({
        is: 'amendments',
        amendments: [{ peer: 'romeo@x', direction: 'out', kind, target: 'm1' }],
      });
  });

  it('T11 our own ones, of another device, say nothing of what we wrote', () => {
    expect(about(`${own}/phone`, 'romeo@x', received)).toEqual({ is: 'nothing' });
    expect(about(`${own}/phone`, 'romeo@x', shown)).toMatchObject({ is: 'read-elsewhere', peer: 'romeo@x' });
  });
});

describe('read places (XEP-0490)', () => {
  const event = (from: string, item = readPlace(own, 'sid-7').toString()) =>
    stanza(
      `<message ${from}><event xmlns='http://jabber.org/protocol/pubsub#event'><items node='${READ_PLACES}'>` +
        `<item id='romeo@x'>${item}</item></items></event></message>`,
    );

  it('reads its own item back', () => {
    const parsed = parseEvent(event(`from='${own}'`));
    expect(parsed?.node).toBe(READ_PLACES);
    expect(parsed?.items.map(parseReadPlace)).toEqual([{ chat: 'romeo@x', by: own, stanzaId: 'sid-7' }]);
    for (const item of ['', '<displayed/>', `<displayed xmlns='${READ_PLACES}'/>`])
      expect(parseEvent(event('', item))?.items.map(parseReadPlace)).toEqual([null]);
  });

  it('T7 an event about own data comes from the own account alone', () => {
    expect(isOwnEvent(event(''), own)).toBe(true);
    expect(isOwnEvent(event(`from='${own}'`), own)).toBe(true);
    for (const from of ['romeo@x', `${own}/a`, 'x', 'juliet@x.evil'])
      expect(isOwnEvent(event(`from='${from}'`), own)).toBe(false);
  });

  it('T8 is published for own eyes only, and only where the server promises that', () => {
    expect(mayPublishPrivately(new Set(['http://jabber.org/protocol/pubsub#publish']))).toBe(false);
    expect(mayPublishPrivately(new Set(['http://jabber.org/protocol/pubsub#publish-options']))).toBe(true);
    const sent = publish(READ_PLACES, 'romeo@x', readPlace(own, 's'), privateNode('max')).toString();
    expect(sent).toContain('<field var="pubsub#access_model"><value>whitelist</value></field>');
    expect(sent).toContain('<field var="pubsub#persist_items"><value>true</value></field>');
  });
});

it('a displayed marker reads back (XEP-0333)', () => {
  expect(parseDisplayed(stanza(displayed('romeo@x', 'm1').toString()))).toBe('m1');
  expect(parseDisplayed(stanza("<message><displayed xmlns='urn:other' id='m1'/></message>"))).toBeNull();
});

describe('blocking', () => {
  it('reads lists and pushes (XEP-0191)', () => {
    const list = (name: string) =>
      stanza(`<iq><${name} xmlns='urn:xmpp:blocking'><item jid='a@x'/><item/><item jid='y'/></${name}></iq>`);
    expect(parseBlockList(list('blocklist'))).toEqual(['a@x', 'y']);
    expect(parseBlockPush(list('block'))).toEqual({ type: 'block', jids: ['a@x', 'y'] });
    expect(parseBlockPush(stanza("<iq><unblock xmlns='urn:xmpp:blocking'/></iq>"))).toEqual({
      type: 'unblock',
      jids: [],
    });
    expect(parseBlockPush(list('other'))).toBeNull();
  });

  it('reads privacy lists in their order, and knows whom they refuse (XEP-0016)', () => {
    const rules = parseList(
      stanza(
        "<iq><query xmlns='jabber:iq:privacy'><list name='l'><item type='jid' value='b@x' action='deny' order='7'><message/></item>" +
          "<item type='jid' value='a@x' action='deny' order='2'/><item type='group' value='Foes' action='deny' order='3'/>" +
          "<item action='allow' order='9'/></list></query></iq>",
      ),
    );
    expect(rules.map(({ value }) => value)).toEqual(['a@x', 'Foes', 'b@x', null]);
    expect(blockedBy(rules)).toEqual(['a@x', 'b@x']);
    const again = parseList(stanza(`<iq>${listSet('l', rules).toString()}</iq>`));
    expect(again).toEqual(rules);
    const names = stanza(
      "<iq><query xmlns='jabber:iq:privacy'><default name='l'/><list name='l'/><list name='m'/></query></iq>",
    );
    expect(parseListNames(names)).toEqual({ default: 'l', all: ['l', 'm'] });
    expect(parseListPush(names)).toBe('l');
  });

  it('the invisible list repeats who is blocked, before all else', () => {
    const list = invisibleList([denyAll('a@x')]).toString();
    expect(list.indexOf('a@x')).toBeGreaterThan(0);
    expect(list.indexOf('a@x')).toBeLessThan(list.indexOf('<presence-out'));
  });
});
