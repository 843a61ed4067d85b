import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../../src-main/session/capabilities';
import type { SessionContext } from '../../../src-main/session/context';
import { createPresences } from '../../../src-main/session/presences';
import { createRoster, type RosterEffects } from '../../../src-main/session/roster';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { realClock } from '../../support/real-clock';
import { stanza } from '../../support/stanza';
import { openTestStore } from '../../support/store-kit';

const nurse = 'nurse@x';
const lost: IqOutcome = { ok: false, error: { condition: 'timeout', type: null, text: null } };
const rosterWith = (ver: string, ...jids: readonly string[]): Element =>
  stanza(
    `<iq type='result' id='1'><query xmlns='jabber:iq:roster' ver='${ver}'>` +
      `${jids.map((jid) => `<item jid='${jid}' subscription='both'/>`).join('')}</query></iq>`,
  );

/** A line that answers the question for the roster when the test says so. */
const line = () => {
  const asked: string[] = [];
  let answer: (outcome: IqOutcome) => void = () => undefined;
  const link = {
    features: stanza(`<features><ver xmlns='urn:xmpp:features:rosterver'/></features>`),
    send: () => undefined,
    iq: (_: string, child: Element): Promise<IqOutcome> => {
      if (!child.is('query', 'jabber:iq:roster')) return Promise.resolve(lost);
      asked.push(child.toString());
      return new Promise((resolve) => (answer = resolve));
    },
  } as unknown as Link;
  return {
    link,
    asked,
    answer: (outcome: IqOutcome) => {
      answer(outcome);
    },
  };
};
const start = async () => {
  const store = await openTestStore();
  const effects = {
    isBlocked: () => false,
    isWatched: () => false,
    becameContact: () => Promise.resolve(),
  } as unknown as RosterEffects;
  const context = {
    ...{ account: 'a', bare: 'juliet@x', store },
    ...{ ports: { clock: realClock }, hub: { emit: () => undefined } },
  } as unknown as SessionContext;
  const capabilities = { onKnown: () => undefined } as unknown as Capabilities;
  return { store, roster: createRoster(context, createPresences(), capabilities, effects) };
};
const push = rosterWith('9', nurse);

describe('the version of the roster', () => {
  it('is none that a push named behind an answer that never came: the next question is for all that is missing', async () => {
    const { store, roster } = await start();
    const first = line();
    const fetched = roster.fetch(first.link);
    const pushed = roster.handlePush(push, first.link);
    first.answer(lost);
    await Promise.all([fetched, pushed]);
    // Whoever was added is seen all the same.
    expect(roster.find(nurse)).not.toBeNull();
    expect((await store.roster()).version).toBeNull();
    const second = line();
    const again = roster.fetch(second.link);
    expect(second.asked[0]).toContain('ver=""');
    second.answer({ ok: true, iq: rosterWith('8', 'romeo@x', nurse) });
    await again;
    await roster.handlePush(push, second.link);
    expect((await store.roster()).version).toBe('9');
    expect(roster.find('romeo@x')).not.toBeNull();
  });
});
