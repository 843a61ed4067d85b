import { describe, expect, it } from 'vitest';
import { xmppLinkIn } from '../../../src-main/desktop/xmpp-links';
import { parseXmppLink } from '../../../src-shared/model/xmpp-link';

describe('T22 links to people and rooms', () => {
  it('T22 lead to a chat, to a room, or to a text in the composer', () => {
    expect(parseXmppLink('xmpp:Romeo@Montague.example/orchard')).toEqual({
      is: 'chat',
      jid: 'romeo@montague.example',
    });
    expect(parseXmppLink('XMPP:verona@rooms.example?join')).toEqual({
      is: 'join',
      jid: 'verona@rooms.example',
    });
    expect(parseXmppLink('xmpp:verona@rooms.example?join;password=x')).toEqual({
      is: 'join',
      jid: 'verona@rooms.example',
    });
    expect(parseXmppLink('xmpp:romeo@x?message;subject=Hi;body=Where%20art%0Athou%3F')).toEqual({
      is: 'message',
      jid: 'romeo@x',
      body: 'Where art\nthou?',
    });
    expect(parseXmppLink('xmpp:romeo@x?message')).toEqual({ is: 'chat', jid: 'romeo@x' });
    expect(parseXmppLink('xmpp:r%C3%B3meo@x')).toEqual({ is: 'chat', jid: 'rómeo@x' });
  });

  it.each([
    ['another action', 'xmpp:romeo@x?subscribe'],
    ['another action', 'xmpp:romeo@x?roster;name=Me;group=Friends'],
    ['another action', 'xmpp:romeo@x?remove'],
    ['another action', 'xmpp:romeo@x?unsubscribe'],
    ['another action', 'xmpp:x?register'],
    ['another action', 'xmpp:romeo@x?command;node=urn:x;action=execute'],
    ['another action', 'xmpp:romeo@x?JOIN'],
    ['an account that it is to be done with', 'xmpp://juliet@x/romeo@x?join'],
    ['a server', 'xmpp:x?message;body=hello'],
    ['no address', 'xmpp:'],
    ['no address', 'xmpp:@x?join'],
    ['a fragment', 'xmpp:romeo@x#join'],
    ['two queries', 'xmpp:romeo@x?join?message;body=x'],
    ['the same thing twice', 'xmpp:romeo@x?message;body=a;body=b'],
    ['white space', 'xmpp:romeo@x --gpu-launcher=calc'],
    ['quotation marks', 'xmpp:romeo@x"--renderer-cmd-prefix=calc'],
    ['markup', 'xmpp:romeo@x?message;body=<img/src=x>'],
    ['a text that no program has written so', 'xmpp:romeo@x?message;body=come "now"'],
    ['a broken escape', 'xmpp:romeo@x?message;body=%E0%A4'],
    ['a line in the address', 'xmpp:romeo%0A@x'],
    ['hidden turns of the text', 'xmpp:romeo@x?message;body=%E2%80%AEevil'],
    ['control characters', 'xmpp:romeo@x?message;body=%00%1B%5B2J'],
    ['a book', `xmpp:romeo@x?message;body=${'x'.repeat(5_000)}`],
    ['another scheme', 'https://x/?join'],
    ['another scheme', 'javascript:alert(1)'],
  ])('T22 with %s are refused', (_, link) => {
    expect(parseXmppLink(link)).toBeNull();
  });

  it('T22 among the arguments of a start are found, and nothing else is', () => {
    expect(xmppLinkIn(['/usr/bin/flint', '--hidden', 'xmpp:romeo@x'])).toBe('xmpp:romeo@x');
    expect(xmppLinkIn(['flint', 'xmpp:romeo@x?subscribe', 'https://x/', '/tmp/xmpp:a@b'])).toBeNull();
    expect(xmppLinkIn(['flint', '--url=xmpp:romeo@x'])).toBeNull();
  });
});
