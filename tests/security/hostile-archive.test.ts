import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domain, jid as full } from '../support/hostile-server';
import {
  chat,
  everything,
  fin,
  forwarded,
  hostileAccount,
  mallory,
  ns,
  own,
  romeo,
  type Asked,
  type HostileAccount,
} from './hostile-account';

const result = (
  queryId: string | null,
  id: string,
  inner: string,
  from: string | null = own,
  stamp = '2026-01-01T00:00:00Z',
): string =>
  `<message xmlns='jabber:client'${from === null ? '' : ` from='${from}'`} to='${full}'>` +
  `<result xmlns='${ns.mam}'${queryId === null ? '' : ` queryid='${queryId}'`} id='${id}'>${forwarded(inner, stamp)}</result></message>`;
const lie = chat(`${romeo}/balcony`, 'a lie');

describe('forged archive results', () => {
  let it_: HostileAccount;
  const asked: Asked[] = [];
  /** While true queries stay open. */
  let hold = false;
  beforeAll(async () => {
    it_ = await hostileAccount({
      archive: (query) => {
        asked.push(query);
        if (!hold) query.guest.send(fin(query));
      },
    });
    await it_.core.until(() => asked[0], 'a first query');
    it_.send(chat(`${romeo}/balcony`, 'a true word'));
    await it_.settled();
  });
  afterAll(() => it_.stop());
  const lies = async (): Promise<boolean> =>
    Object.values((await it_.seen()).messages)
      .flat()
      .some(({ body }) => body === 'a lie');

  it('T3 a result that nobody asked for is dropped, whoever sends it', async () => {
    for (const from of [own, null, mallory, domain, romeo, `${own}/phone`]) {
      it_.send(result(null, 'f1', lie, from), result('guessed', 'f2', lie, from));
    }
    await it_.settled();
    expect(await lies()).toBe(false);
    await it_.livesOn();
  });

  it('T3 a result of a query that is over is dropped', async () => {
    const past = asked.at(-1)?.queryId ?? '';
    expect(past).not.toBe('');
    it_.send(result(past, 'f3', lie), result(past, 'f4', lie, null));
    await it_.settled();
    expect(await lies()).toBe(false);
    await it_.livesOn();
  });

  it('T3 while a query is open, what comes under another id or from somebody else is dropped', async () => {
    hold = true;
    const before = asked.length;
    it_.send(chat(`${romeo}/balcony`, 'some news'));
    const query = await it_.core.until(() => asked[before], 'a query after news', 15_000);
    const { queryId } = query;
    for (const from of [mallory, domain, romeo, `${own}.evil.test`, `evil@${domain}`])
      it_.send(result(queryId, 'f5', lie, from));
    it_.send(
      result(queryId.toUpperCase(), 'f6', lie),
      result(`${queryId} `, 'f7', lie),
      result('', 'f8', lie),
    );
    it_.send(
      `<message xmlns='jabber:client' from='${own}'><result xmlns='urn:xmpp:mam:1' queryid='${queryId}' id='f9'>${forwarded(lie)}</result></message>`,
    );
    // What is right among them counts.
    it_.send(result(queryId, 'true-1', chat(`${romeo}/balcony`, 'from the archive')));
    hold = false;
    it_.send(fin(query, ['true-1']));
    await it_.core.until(
      async () => ((await it_.bodies(romeo)).includes('from the archive') ? true : null),
      'the page',
    );
    it_.send(result(queryId, 'f10', lie));
    await it_.settled();
    expect(await lies()).toBe(false);
    await it_.livesOn();
  });

  it('T3 query ids cannot be guessed: 128 bits, never twice', () => {
    const ids = asked.map(({ queryId }) => queryId);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('an archive that answers nonsense', () => {
  it('T3 T12 absurd pages are taken for what they are, and the session lives on', async () => {
    const answers: ((asked: Asked) => void)[] = [
      // A page whose `last` was never sent.
      (query) => query.guest.send(fin(query, ['x', 'never-sent'])),
      // The same entry again and again, without a message, of the future and of the dark ages.
      (query) => {
        const { queryId, guest } = query;
        guest.send(result(queryId, 'e1', chat(romeo, 'of the future'), own, '2999-01-01T00:00:00Z'));
        guest.send(result(queryId, 'e1', chat(romeo, 'of the future'), own, '2999-01-01T00:00:00Z'));
        guest.send(result(queryId, 'e2', chat(romeo, 'of the dark ages'), own, '0001-01-01T00:00:00Z'));
        guest.send(result(queryId, 'e3', ''));
        guest.send(
          result(
            queryId,
            'e4',
            `<message xmlns='jabber:client' type='groupchat' from='room@rooms.test/Romeo'><body>a lie</body></message>`,
          ),
        );
        guest.send(
          result(queryId, 'e5', `<message xmlns='jabber:client' from='@@'><body>a lie</body></message>`),
        );
        guest.send(fin(query, ['e1', 'e5']));
      },
    ];
    const it_ = await hostileAccount({
      features: everything,
      archive: (query) => {
        const next = answers.shift();
        if (next) next(query);
        else query.guest.send(fin(query));
      },
    });
    try {
      await it_.core.until(() => (answers.length === 1 ? true : null), 'the first query');
      // Asked again after a while, or when the conversation is looked at.
      await it_.core.until(
        async () => {
          await it_.bodies(romeo);
          return answers.length === 0 ? true : null;
        },
        'the second query',
        40_000,
      );
      await it_.settled();
      const rows = await it_.messages(romeo);
      expect(rows.filter(({ body }) => body === 'of the future').length).toBeLessThanOrEqual(1);
      for (const { at } of rows) {
        expect(at).toBeLessThanOrEqual(Date.now() + 1_000);
        expect(at).toBeGreaterThan(Date.UTC(1999, 0, 1));
      }
      expect(
        Object.values((await it_.seen()).messages)
          .flat()
          .some(({ body }) => body === 'a lie'),
      ).toBe(false);
      await it_.livesOn();
    } finally {
      await it_.stop();
    }
  }, 60_000);
});
