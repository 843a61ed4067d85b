import { describe, expect, it } from 'vitest';
import { nick } from '../../../src-main/xmpp/xep/0172-nick';
import {
  availablePresence,
  parsePresence,
  subscriptionPresence,
} from '../../../src-main/xmpp/xep/6121-presence';
import type { PresenceKind } from '../../../src-shared/model/presence';
import { stanza } from '../../support/stanza';

const written = (kind: PresenceKind, status: string | null = null, priority = 0): string =>
  availablePresence({ kind, status }, priority, 'On the phone').toString();

describe('presence (RFC 6121 §4)', () => {
  it.each([
    ['online', '<presence/>'],
    ['chat', '<presence><show>chat</show></presence>'],
    ['away', '<presence><show>away</show></presence>'],
    ['xa', '<presence><show>xa</show></presence>'],
    ['dnd', '<presence><show>dnd</show></presence>'],
    ['phone', '<presence><show>away</show><status>On the phone</status></presence>'],
    ['invisible', '<presence/>'],
  ] as const)('writes %s', (kind, xml) => {
    expect(written(kind)).toBe(xml);
  });

  it('writes status and priority', () => {
    expect(written('dnd', 'a < b & c', -5)).toBe(
      '<presence><show>dnd</show><status>a &lt; b &amp; c</status><priority>-5</priority></presence>',
    );
  });

  it.each([
    ['<presence/>', 'online'],
    ['<presence><show>chat</show></presence>', 'chat'],
    ['<presence><show>nonsense</show></presence>', 'online'],
    ['<presence><show>away</show><status>On The Phone</status></presence>', 'phone'],
    ['<presence><show>dnd</show><status>通话中</status></presence>', 'phone'],
    ['<presence><status>On the phone</status></presence>', 'online'],
  ])('reads %s as %s', (xml, kind) => {
    expect(parsePresence(stanza(xml))).toMatchObject({ type: 'available', kind });
  });

  it.each([
    ['200', 127],
    ['-129', -128],
    ['x', 0],
    ['7', 7],
  ])('reads priority %s as %i', (text, priority) => {
    expect(parsePresence(stanza(`<presence><priority>${text}</priority></presence>`))).toMatchObject({
      priority,
    });
  });

  it('reads a child of a foreign namespace as nothing (T14)', () => {
    const foreign = "<presence><show xmlns='urn:x'>dnd</show></presence>";
    expect(parsePresence(stanza(foreign))).toMatchObject({ kind: 'online' });
  });

  it('writes a request with message and nickname', () => {
    expect(
      subscriptionPresence('subscribe', 'romeo@x', { status: 'It is me', nick: nick('Juliet') }).toString(),
    ).toBe(
      '<presence type="subscribe" to="romeo@x"><status>It is me</status><nick xmlns="http://jabber.org/protocol/nick">Juliet</nick></presence>',
    );
  });
});
