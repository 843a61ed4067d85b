import { describe, expect, it } from 'vitest';
import { createBrowsing } from '../../../src-main/session/rooms/browse';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { stanza } from '../../support/stanza';

const INFO = 'http://jabber.org/protocol/disco#info';
const ITEMS = 'http://jabber.org/protocol/disco#items';
const isService =
  `<query xmlns='${INFO}'><identity category='conference' type='text'/>` +
  `<feature var='http://jabber.org/protocol/muc'/></query>`;
const listed = (names: readonly string[], end: string | null): string =>
  `<query xmlns='${ITEMS}'>${names.map((name) => `<item jid='${name}' name='Room of ${name}'/>`).join('')}` +
  (end === null ? '' : `<set xmlns='http://jabber.org/protocol/rsm'><last>${end}</last></set>`) +
  `</query>`;
const result = (child: string): IqOutcome => ({
  ok: true,
  iq: stanza(`<iq type='result' id='1'>${child}</iq>`),
});

/** A service whose list is what the test says; counts the pages that are asked for. */
const service = (page: (after: string | null) => IqOutcome, info = isService) => {
  const asked: string[] = [];
  const link = {
    iq: (_: string, child: Element): Promise<IqOutcome> => {
      const xml = child.toString();
      if (!xml.includes(ITEMS)) return Promise.resolve(result(info));
      asked.push(xml);
      return Promise.resolve(page(/<after>([^<]*)</.exec(xml)?.[1] ?? null));
    },
  } as unknown as Link;
  return { asked, browsing: createBrowsing({ domain: 'x', link: () => link }) };
};
const rooms = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from }, (_, n) => `r${String(from + n)}@rooms.x`);

describe('the list of a service with rooms', () => {
  it('comes page by page, until a page brings nothing', async () => {
    const { asked, browsing } = service((after) => {
      const from = after === null ? 0 : Number(after);
      const to = Math.min(250, from + 100);
      return result(listed(rooms(from, to), from < to ? String(to) : null));
    });
    const found = await browsing.list('rooms.x');
    expect(found).toMatchObject({ ok: true, value: { more: false } });
    expect(found.ok && found.value.rooms.length).toBe(250);
    expect(asked).toHaveLength(4);
  });

  it('is whole at once where the service knows no pages, and where it refuses them', async () => {
    const all = result(listed(rooms(0, 300), null));
    const simple = service(() => all);
    expect(await simple.browsing.list('rooms.x')).toMatchObject({ ok: true, value: { more: false } });
    expect(simple.asked).toHaveLength(1);
    let first = true;
    const strict = service(() => {
      if (!first) return all;
      first = false;
      return { ok: false, error: { condition: 'bad-request', type: 'modify', text: null } };
    });
    const found = await strict.browsing.list('rooms.x');
    expect(found.ok && found.value.rooms.length).toBe(300);
    expect(strict.asked[1]).not.toContain('<set');
  });

  it('ends where a service never does: at a page that is there already, or at 2,000 rooms', async () => {
    const same = service(() => result(listed(rooms(0, 100), 'again')));
    const found = await same.browsing.list('rooms.x');
    expect(found.ok && found.value.rooms.length).toBe(100);
    expect(same.asked).toHaveLength(2);
    const endless = service((after) => {
      const from = Number(after ?? 0);
      return result(listed(rooms(from, from + 100), String(from + 100)));
    });
    const much = await endless.browsing.list('rooms.x');
    expect(much).toMatchObject({ ok: true, value: { more: true } });
    expect(much.ok && much.value.rooms.length).toBe(2_000);
    expect(endless.asked).toHaveLength(20);
  });

  it('T15 ends where each page brings one room more, and of a page that never ends only so much is looked at', async () => {
    const slow = service((after) => {
      const from = Number(after ?? 0);
      return result(listed(rooms(from, from + 1), String(from + 1)));
    });
    const found = await slow.browsing.list('rooms.x');
    expect(found).toMatchObject({ ok: true, value: { more: true } });
    expect(slow.asked).toHaveLength(40);
    const padded = service(() =>
      result(listed([...rooms(0, 1), ...Array<string>(5_000).fill('@@'), 'late@rooms.x'], null)),
    );
    const first = await padded.browsing.list('rooms.x');
    expect(first.ok && first.value.rooms.map(({ jid }) => jid)).toEqual(['r0@rooms.x']);
  });

  it('has rooms of the service alone, and no service of a server for a room', async () => {
    const { browsing } = service(() =>
      result(listed(['a@rooms.x', 'b@evil.test', 'rooms.x', 'c@rooms.x/nick', '@@'], null)),
    );
    const found = await browsing.list('rooms.x');
    expect(found.ok && found.value.rooms.map(({ jid }) => jid)).toEqual(['a@rooms.x', 'c@rooms.x']);
    const server = service(
      () => result(listed(['conference.x'], null)),
      `<query xmlns='${INFO}'><identity category='server' type='im'/></query>`,
    );
    expect(await server.browsing.list('x')).toMatchObject({ error: { code: 'not-offered' } });
    expect(await server.browsing.list('a@x')).toMatchObject({ error: { code: 'bad-jid' } });
  });
});
