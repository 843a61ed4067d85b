import { describe, expect, it } from 'vitest';
import { createCapabilities, ownVer } from '../../../src-main/session/capabilities';
import type { SessionContext } from '../../../src-main/session/context';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { infoQuery } from '../../../src-main/xmpp/xep/0030-disco';
import { ownInfo, verificationString } from '../../../src-main/xmpp/xep/0115-capabilities';
import { digest } from '../../../src-main/xmpp/stream/digest';
import type { Store } from '../../../src-main/store/store';
import { stanza } from '../../support/stanza';
import { listLog, openTestStore } from '../../support/store-kit';

const honest = infoQuery(ownInfo).toString();
const liar = infoQuery({ ...ownInfo, features: ['urn:evil'] }).toString();
const caps = (ver = ownVer, hash = 'sha-1') =>
  stanza(
    `<presence><c xmlns='http://jabber.org/protocol/caps' hash='${hash}' node='n' ver='${ver}'/></presence>`,
  );

/** A line on which questions wait until the test answers. */
const line = () => {
  const open: { readonly to: string; readonly answer: (info: string | null) => void }[] = [];
  let asked = 0;
  const link = {
    iq: (_: string, __: Element, options: { readonly to: string }) => {
      asked += 1;
      return new Promise<IqOutcome>((resolve) =>
        open.push({
          to: options.to,
          answer: (info) => {
            resolve(
              info === null
                ? { ok: false, error: { condition: 'service-unavailable', type: null, text: null } }
                : { ok: true, iq: stanza(`<iq type='result'>${info}</iq>`) },
            );
          },
        }),
      );
    },
  } as unknown as Link;
  return { link, open, asked: () => asked };
};
const make = (store: Store, link: Link) => {
  const named: string[] = [];
  const later: (() => void)[] = [];
  const made = createCapabilities({
    store,
    link: () => link,
    ports: { log: listLog(), clock: { after: (_: number, run: () => void) => later.push(run) } },
  } as unknown as SessionContext);
  made.onKnown((bare, resource, client) => named.push(`${bare}/${resource} ${client}`));
  return { made, named, later };
};
const until = async (there: () => boolean): Promise<void> => {
  for (let n = 0; !there() && n < 500; n++) await new Promise((next) => setTimeout(next, 5));
  expect(there()).toBe(true);
};

describe('contacts’ capabilities', () => {
  it('one question at a time for a hash; the first true answer names all that have it, now and in later runs', async () => {
    const store = await openTestStore();
    const { link, open, asked } = line();
    const { made, named } = make(store, link);
    for (const resource of ['a', 'b', 'c']) expect(await made.seen('romeo@x', resource, caps())).toBeNull();
    await until(() => open.length === 1);
    open[0]?.answer(honest);
    await until(() => named.length === 3);
    expect(named).toEqual(['romeo@x/a Flint', 'romeo@x/b Flint', 'romeo@x/c Flint']);
    expect(await made.seen('nurse@x', 'd', caps())).toBe('Flint');
    expect(asked()).toBe(1);
    await until(() => true);
    const later = make(store, link).made;
    expect(await later.seen('nurse@x', 'd', caps())).toBe('Flint');
    expect(asked()).toBe(1);
  });

  it('T30 a false answer is not kept and names nobody; the next one that has the hash is asked', async () => {
    const store = await openTestStore();
    const { link, open } = line();
    const { made, named } = make(store, link);
    await made.seen('mallory@x', 'a', caps());
    await made.seen('romeo@x', 'b', caps());
    await until(() => open.length === 1);
    open[0]?.answer(liar);
    await until(() => open.length === 2);
    expect(await store.capabilities(`sha-1:${ownVer}`)).toBeNull();
    expect(named).toEqual([]);
    expect(open[1]?.to).toBe('romeo@x/b');
    open[1]?.answer(honest);
    await until(() => named.length === 1);
    expect(named).toEqual(['romeo@x/b Flint']);
    // Who lied once is not asked with each presence.
    expect(JSON.parse((await store.capabilities(`sha-1:${ownVer}`)) ?? 'null')).toMatchObject({
      name: 'Flint',
    });
  });

  it('T30 a hash that cannot be checked is not asked for, and one without an answer once more on this stream, later', async () => {
    const store = await openTestStore();
    const { link, open, asked } = line();
    const { made, later } = make(store, link);
    await made.seen('mallory@x', 'a', caps(ownVer, 'md5'));
    await made.seen('mallory@x', '', caps());
    expect(asked()).toBe(0);
    await made.seen('mallory@x', 'a', caps());
    await until(() => open.length === 1);
    open[0]?.answer(null);
    await new Promise((next) => setTimeout(next, 20));
    await made.seen('mallory@x', 'a', caps());
    await new Promise((next) => setTimeout(next, 50));
    expect(asked()).toBe(1);
    expect(later.length).toBe(1);
    later[0]?.();
    await until(() => open.length === 2);
    open[1]?.answer(null);
    await new Promise((next) => setTimeout(next, 20));
    await made.seen('mallory@x', 'a', caps());
    await new Promise((next) => setTimeout(next, 50));
    expect([asked(), later.length]).toEqual([2, 1]);
  });

  it('T30 of an answer holds what a client can have, in memory and on the disk, and a hash of any length is not looked at', async () => {
    const store = await openTestStore();
    const { link, open, asked } = line();
    const { made } = make(store, link);
    await made.seen('mallory@x', 'a', caps('x'.repeat(250_000)));
    expect(asked()).toBe(0);
    const many = Array.from({ length: 499 }, (_, n) => `urn:${String(n)}:${'x'.repeat(150)}`);
    const info = { ...ownInfo, features: ['urn:first', 'x'.repeat(300), ...many] };
    const ver = digest('sha-1', verificationString(info) ?? '');
    await made.seen('mallory@x', 'a', caps(ver));
    await until(() => open.length === 1);
    open[0]?.answer(infoQuery(info).toString());
    await until(() => made.knows('mallory@x', 'a', 'urn:first'));
    expect(made.knows('mallory@x', 'a', 'x'.repeat(300))).toBe(false);
    await until(() => true);
    const kept = (await store.capabilities(`sha-1:${ver}`)) ?? '';
    expect(kept).toContain('urn:first');
    expect(kept.length).toBeLessThan(25_000);
  });

  it('who could not be reached yet is asked a little later, and named then', async () => {
    const { link, open } = line();
    const { made, named, later } = make(await openTestStore(), link);
    await made.seen('romeo@x', 'a', caps());
    await until(() => open.length === 1);
    open[0]?.answer(null);
    await until(() => later.length === 1);
    later[0]?.();
    await until(() => open.length === 2);
    open[1]?.answer(honest);
    await until(() => named.length === 1);
    expect(named).toEqual(['romeo@x/a Flint']);
  });
});
