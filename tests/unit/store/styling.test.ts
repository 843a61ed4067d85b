import { describe, expect, it } from 'vitest';
import { parseStanza } from '../../../src-main/xmpp/parse-stanza';
import { isUnstyled } from '../../../src-main/xmpp/xep/0393-styling';
import { incoming, openTestStore } from '../../support/store-kit';

describe('what its author wants unstyled (XEP-0393 §4)', () => {
  it('is known from the stanza', () => {
    const of = (inside: string): boolean => {
      const stanza = parseStanza(`<message xmlns='jabber:client'><body>x</body>${inside}</message>`);
      return stanza !== null && isUnstyled(stanza);
    };
    expect(of(`<unstyled xmlns='urn:xmpp:styling:0'/>`)).toBe(true);
    expect(of(`<unstyled/>`)).toBe(false);
    expect(of('')).toBe(false);
  });

  it('is kept with the message, and a correction says it anew', async () => {
    const store = await openTestStore();
    const plain = await store.addMessage(incoming({ body: '*a*', messageId: 'one', unstyled: true }));
    expect(plain.message.unstyled).toBe(true);
    const styled = await store.addMessage(incoming({ body: '*b*', messageId: 'two' }));
    expect(styled.message.unstyled).toBeUndefined();
    const { peer, at } = plain.message;
    const correct = (target: string, unstyled: boolean) =>
      store.amend({
        ...{ peer, direction: 'in', kind: 'correct', target, body: '*c*', at: at + 1 },
        ...{ messageId: `${target} again`, stanzaId: null, unstyled },
      });
    expect((await correct('one', false))?.message.unstyled).toBeUndefined();
    expect((await correct('two', true))?.message.unstyled).toBe(true);
  });
});
