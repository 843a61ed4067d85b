import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../../src-main/session/capabilities';
import type { SessionContext } from '../../../src-main/session/context';
import { createPresences } from '../../../src-main/session/presences';
import { createRoster, type Roster, type RosterEffects } from '../../../src-main/session/roster';
import type { Store } from '../../../src-main/store/store';
import type { Element } from '../../../src-main/xmpp/element';
import type { Link } from '../../../src-main/xmpp/link';
import { realClock } from '../../support/real-clock';
import { stanza } from '../../support/stanza';
import { openTestStore } from '../../support/store-kit';

const nurse = 'nurse@x';
const push = (subscription: string): Element =>
  stanza(
    `<iq type='set' id='1'><query xmlns='jabber:iq:roster'><item jid='${nurse}' subscription='${subscription}'/></query></iq>`,
  );
const question = stanza(`<presence type='subscribe' from='${nurse}'/>`);

/** A roster at a server with these features, and what was sent there. */
const start = (store: Store, features = '') => {
  const sent: string[] = [];
  const link = {
    features: stanza(`<features>${features}</features>`),
    send: (element: Element) => sent.push(element.toString()),
  } as unknown as Link;
  const effects = {
    isBlocked: () => false,
    isWatched: () => false,
    becameContact: () => Promise.resolve(),
    asksToBeContact: () => undefined,
    askedNoMore: () => undefined,
  } as unknown as RosterEffects;
  const context = {
    ...{ account: 'a', bare: 'juliet@x', store, link: () => link },
    ...{ ports: { clock: realClock }, hub: { emit: () => undefined } },
  } as unknown as SessionContext;
  const capabilities = { onKnown: () => undefined } as unknown as Capabilities;
  const roster = createRoster(context, createPresences(), capabilities, effects);
  return { roster, link, answers: () => sent.filter((xml) => xml.includes('subscribed')) };
};
const asks = async (roster: Roster): Promise<readonly string[]> => {
  await roster.handlePresence(question);
  return roster.state().requests.map(({ jid }) => jid);
};

describe('whom we promised that they may see us, where the server cannot keep it', () => {
  it('is answered when they ask, after a start of Flint too, and until then shown as promised', async () => {
    const store = await openTestStore();
    const before = start(store);
    before.roster.promise(nurse);
    await before.roster.handlePush(push('none'), before.link);
    expect(before.roster.find(nurse)?.approved).toBe(true);
    const { roster, link, answers } = start(store);
    await roster.load();
    await roster.handlePush(push('to'), link);
    expect(await asks(roster)).toEqual([]);
    expect(answers()).toHaveLength(1);
    await roster.handlePush(push('both'), link);
    expect(roster.find(nurse)?.approved).toBeUndefined();
  });

  it('may be in the roster long since: that they see us was promised afterwards', async () => {
    const store = await openTestStore();
    const before = start(store);
    await before.roster.handlePush(push('to'), before.link);
    await before.roster.setPromised(nurse, true);
    const { roster, answers } = start(store);
    await roster.load();
    expect(roster.find(nurse)?.approved).toBe(true);
    expect(await asks(roster)).toEqual([]);
    expect(answers()).toHaveLength(1);
  });

  it('is promised once: who was shown nothing any more has to ask', async () => {
    const { roster, link, answers } = start(await openTestStore());
    roster.promise(nurse);
    await roster.handlePush(push('both'), link);
    await roster.handlePush(push('to'), link);
    expect(await asks(roster)).toEqual([nurse]);
    expect(answers()).toEqual([]);
  });

  it('who could not be added was promised nothing, and keeps what was promised before', async () => {
    const { roster, link } = start(await openTestStore());
    roster.promise(nurse)();
    await roster.handlePush(push('none'), link);
    expect(roster.find(nurse)?.approved).toBeUndefined();
    roster.promise(nurse);
    await roster.handlePush(push('none'), link);
    roster.promise(nurse)();
    expect(roster.find(nurse)?.approved).toBe(true);
    expect(await asks(roster)).toEqual([]);
  });

  it('has to ask once the promise was taken back, and where the server keeps promises it says which there are', async () => {
    const own = start(await openTestStore());
    own.roster.promise(nurse);
    await own.roster.handlePush(push('none'), own.link);
    await own.roster.setPromised(nurse, false);
    expect(await asks(own.roster)).toEqual([nurse]);
    const kept = start(await openTestStore(), `<sub xmlns='urn:xmpp:features:pre-approval'/>`);
    kept.roster.promise(nurse);
    await kept.roster.handlePush(push('none'), kept.link);
    expect(kept.roster.find(nurse)?.approved).toBeUndefined();
  });
});

describe('how many may ask to be contacts', () => {
  it('is a hundred strangers, the last that asked, here and on disk; a contact who asks stays', async () => {
    const store = await openTestStore();
    const { roster, link } = start(store);
    await roster.handlePush(push('to'), link);
    await roster.handlePresence(question);
    for (let n = 0; n < 103; n += 1)
      await roster.handlePresence(stanza(`<presence type='subscribe' from='made-up-${String(n)}@y'/>`));
    const waiting = roster.state().requests.map(({ jid }) => jid);
    expect(waiting).toHaveLength(101);
    expect(waiting.slice(0, 2)).toEqual([nurse, 'made-up-3@y']);
    expect(waiting.at(-1)).toBe('made-up-102@y');
    expect((await store.requests()).map(({ jid }) => jid).toSorted()).toEqual(waiting.toSorted());
  });
});
