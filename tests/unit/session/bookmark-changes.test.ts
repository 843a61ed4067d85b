import { describe, expect, it } from 'vitest';
import { createBookmarks } from '../../../src-main/session/rooms/bookmarks';
import type { SessionContext } from '../../../src-main/session/context';
import type { OneRoom } from '../../../src-main/session/rooms/one-room';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { FakeClock } from '../../support/clock';
import { stanza } from '../../support/stanza';

const own = 'juliet@x';
const room = 'verona@rooms.x';
const BOOKMARKS = 'urn:xmpp:bookmarks:1';
const PUBSUB = 'http://jabber.org/protocol/pubsub';

interface Question {
  readonly xml: string;
  answer(child?: string): void;
  refuse(condition: string): void;
}
const item = (autojoin: boolean): string =>
  `<item id='${room}'><conference xmlns='${BOOKMARKS}' autojoin='${String(autojoin)}'/></item>`;
const items = (content = ''): string =>
  `<pubsub xmlns='${PUBSUB}'><items node='${BOOKMARKS}'>${content}</items></pubsub>`;
const storage = (content = ''): string =>
  `<query xmlns='jabber:iq:private'><storage xmlns='storage:bookmarks'>${content}</storage></query>`;
const event = (content: string): Element =>
  stanza(
    `<message from='${own}'><event xmlns='${PUBSUB}#event'><items node='${BOOKMARKS}'>${content}</items></event></message>`,
  );
const old = (autojoin: boolean): string =>
  storage(`<conference jid='${room}' autojoin='${String(autojoin)}'/>`);
/** The older form was written, by whomever. */
const olderChanged = stanza(
  `<message from='${own}'><event xmlns='${PUBSUB}#event'><items node='storage:bookmarks'><item id='current'/></items></event></message>`,
);
const gone = `<retract id='${room}'/>`;
const turns = async (): Promise<void> => {
  for (let n = 0; n < 50; n += 1) await Promise.resolve();
};

/** Bookmarks of one account, its rooms, and a server that answers when the test says so. */
const account = (features: readonly string[] = [`${BOOKMARKS}#compat`]) => {
  const clock = new FakeClock();
  const waiting: Question[] = [];
  const asked: string[] = [];
  const log: string[] = [];
  const rooms = new Map<string, OneRoom>();
  const entering = new Set<string>();
  const line = {
    iq: (_: string, child: Element): Promise<IqOutcome> => {
      const xml = child.toString();
      asked.push(xml);
      return new Promise((resolve) => {
        waiting.push({
          xml,
          answer: (content = '') => {
            resolve({ ok: true, iq: stanza(`<iq type='result' id='1'>${content}</iq>`) });
          },
          refuse: (condition) => {
            resolve({ ok: false, error: { condition, type: 'cancel', text: null } });
          },
        });
      });
    },
  } as unknown as Link;
  let link = line;
  const add = (jid: string, wanted: boolean): void => {
    const one = {
      jid,
      wanted,
      row: () => ({ jid, nick: 'Juliet', name: null, password: null, wanted, exit: null }),
      retell: () => undefined,
    };
    rooms.set(jid, one as unknown as OneRoom);
  };
  const bookmarks = createBookmarks(
    {
      bare: own,
      store: { putSetting: () => Promise.resolve(), setting: () => Promise.resolve(null) },
      ports: { clock, log: { warn: (what: string) => log.push(what) } },
      features: () => new Set([`${PUBSUB}#publish-options`, ...features]),
      link: () => link,
    } as unknown as SessionContext,
    {
      room: (jid) => rooms.get(jid),
      rooms: () => rooms.values(),
      isEntering: (jid) => entering.has(jid),
      enter: ({ jid }) => {
        log.push(`enter ${jid}`);
        add(jid, true);
      },
      list: ({ jid }) => {
        add(jid, false);
      },
      leave: (jid) => {
        log.push(`leave ${jid}`);
        add(jid, false);
      },
      dropped: () => undefined,
      later: (what, work) => {
        work.catch(() => log.push(what));
      },
    },
  );
  /** The next question of ours that has this in it. */
  const next = async (about: string): Promise<Question> => {
    await turns();
    const found = waiting.splice(0, 1)[0];
    expect(found?.xml).toContain(about);
    if (!found) throw new Error('nothing asked');
    return found;
  };
  const signIn = async (): Promise<void> => {
    link = { ...line };
    bookmarks.wentOnline(link);
    await turns();
  };
  return { bookmarks, clock, rooms, entering, add, asked, log, next, signIn, done: turns };
};

/** Just joined, and the server has not answered yet to its bookmark. */
const joining = async () => {
  const one = account();
  await one.signIn();
  (await one.next('<items')).refuse('item-not-found');
  one.add(room, true);
  one.bookmarks.changed(room);
  return { ...one, put: await one.next('autojoin="true"') };
};

describe('a room that is left while its bookmark is being written', () => {
  it('stays left, and is left on other devices too', async () => {
    const { bookmarks, add, log, put, next, done } = await joining();
    add(room, false);
    bookmarks.changed(room);
    put.answer();
    bookmarks.handleEvent(event(item(true)));
    (await next('autojoin="false"')).answer();
    await done();
    expect(log).toEqual([]);
  });

  it('and one that the user enters again at once is not left again by what was told of the first time', async () => {
    const { bookmarks, add, entering, log, put, next, done } = await joining();
    put.answer();
    await done();
    add(room, false);
    bookmarks.changed(room);
    (await next('autojoin="false"')).answer();
    await done();
    add(room, true);
    entering.add(room);
    bookmarks.handleEvent(event(item(false)));
    await done();
    expect(log).toEqual([]);
  });

  it('and of which nothing is left here is in no list any more', async () => {
    const { bookmarks, rooms, log, put, next, done } = await joining();
    rooms.delete(room);
    bookmarks.changed(room);
    put.answer();
    bookmarks.handleEvent(event(item(true)));
    (await next('<retract')).answer();
    await done();
    expect(log).toEqual([]);
    expect(bookmarks.has(room)).toBe(false);
  });

  it('or forgotten: so it is, even where nobody knows what became of the first', async () => {
    for (const end of ['answer', 'lost'] as const) {
      const { bookmarks, add, log, put, next, done } = await joining();
      add(room, false);
      bookmarks.remove(room);
      if (end === 'answer') put.answer();
      else put.refuse('timeout');
      bookmarks.handleEvent(event(item(true)));
      (await next('<retract')).answer();
      await done();
      expect(log).toEqual([]);
      expect(bookmarks.has(room)).toBe(false);
    }
  });
});

describe('where the server does not say which bookmarks there are', () => {
  const refusals = ['resource-constraint', 'internal-server-error', 'policy-violation', 'timeout'];
  it.each(refusals)('R19 no room is left, and none is written: %s', async (condition) => {
    const { bookmarks, add, asked, log, next, signIn, done } = account();
    await signIn();
    (await next('<items')).answer(items(item(true)));
    await done();
    expect(log).toEqual([`enter ${room}`]);
    await signIn();
    (await next('<items')).refuse(condition);
    await done();
    add('other@rooms.x', true);
    bookmarks.changed('other@rooms.x');
    await done();
    expect(log).toHaveLength(1);
    expect(bookmarks.has(room)).toBe(true);
    expect(asked.filter((xml) => xml.includes('<publish'))).toEqual([]);
    // Asked again before anything is written.
    (await next('<items')).answer(items(item(true)));
    (await next('other@rooms.x')).answer();
  });

  it.each(['item-not-found', 'service-unavailable', 'feature-not-implemented'])(
    'but that it has no place for them: there are none yet (%s)',
    async (condition) => {
      const { add, next, signIn } = account();
      add(room, true);
      await signIn();
      (await next('<items')).refuse(condition);
      (await next('<publish')).answer();
    },
  );
});

describe('an event that comes while the bookmarks are being read', () => {
  it('is newer than what was read: a room that it tells of stays', async () => {
    const { bookmarks, log, next, signIn, done } = account([]);
    await signIn();
    (await next('<items')).answer(items());
    bookmarks.handleEvent(event(item(true)));
    await done();
    (await next('<storage')).answer(storage());
    await done();
    expect(log).toEqual([`enter ${room}`]);
    expect(bookmarks.has(room)).toBe(true);
  });
});

/** In the room, and so it is in both forms, which the server does not keep the same. */
const inside = async () => {
  const one = account([]);
  await one.signIn();
  (await one.next('<items')).answer(items(item(true)));
  (await one.next('<storage')).answer(old(true));
  await one.done();
  expect(one.log.splice(0)).toEqual([`enter ${room}`]);
  return one;
};

describe('where two devices of ours write both forms at the same time', () => {
  /** The room is left and forgotten here, and both forms are written. */
  const forgotten = async () => {
    const one = await inside();
    one.add(room, false);
    one.bookmarks.remove(room);
    (await one.next('<retract')).answer();
    (await one.next('<storage')).answer(old(true));
    const written = await one.next('<storage');
    expect(written.xml).not.toContain(room);
    written.answer();
    await one.done();
    return one;
  };

  it('the one that is told of a change writes none of it', async () => {
    const { bookmarks, clock, asked, log, next, done } = await inside();
    bookmarks.handleEvent(event(item(false)));
    await done();
    expect(log).toEqual([`leave ${room}`]);
    // However long it takes.
    await clock.advance(60_000);
    bookmarks.handleEvent(olderChanged);
    (await next('<items')).answer(items(item(false)));
    (await next('<storage')).answer(old(false));
    await done();
    expect(asked.filter((xml) => !xml.includes('<items') && !xml.includes('<storage xmlns'))).toEqual([]);
    expect(asked).toHaveLength(4);
  });

  it('a room that was forgotten here, and that another device has put back into the older form, is taken out again', async () => {
    const { bookmarks, log, next, done } = await forgotten();
    bookmarks.handleEvent(olderChanged);
    (await next('<items')).answer(items());
    (await next('<storage')).answer(old(true));
    (await next('<retract')).refuse('item-not-found');
    (await next('<storage')).answer(old(true));
    const written = await next('<storage');
    expect(written.xml).not.toContain(room);
    written.answer();
    await done();
    expect(log).toEqual([]);
    expect(bookmarks.has(room)).toBe(false);
  });

  it('the other device, which has put it back, does not go into it again; what an older client adds later is followed', async () => {
    const { bookmarks, clock, log, next, done } = await inside();
    bookmarks.handleEvent(event(gone));
    await done();
    expect(log.splice(0)).toEqual([`leave ${room}`]);
    const told = async () => {
      bookmarks.handleEvent(olderChanged);
      (await next('<items')).answer(items());
      (await next('<storage')).answer(old(true));
      await done();
    };
    await told();
    expect(log).toEqual([]);
    await clock.advance(60_000);
    await told();
    expect(log).toEqual([`enter ${room}`]);
  });

  it('a room that was joined here stays, though another device has written the older form without it', async () => {
    const { bookmarks, add, log, next, done } = await forgotten();
    add(room, true);
    bookmarks.changed(room);
    (await next('autojoin="true"')).answer();
    (await next('<storage')).answer(storage());
    (await next('autojoin="true"')).answer();
    await done();
    bookmarks.handleEvent(olderChanged);
    (await next('<items')).answer(items(item(true)));
    (await next('<storage')).answer(storage());
    (await next('autojoin="true"')).answer();
    (await next('<storage')).answer(storage());
    (await next('autojoin="true"')).answer();
    await done();
    expect(log).toEqual([]);
    expect(bookmarks.has(room)).toBe(true);
  });

  it('what an older client has changed is written to the newer form alone', async () => {
    const { bookmarks, log, next, asked, done } = await inside();
    bookmarks.handleEvent(olderChanged);
    (await next('<items')).answer(items(item(true)));
    (await next('<storage')).answer(old(false));
    (await next('autojoin="false"')).answer();
    await done();
    expect(log).toEqual([`leave ${room}`]);
    expect(asked).toHaveLength(5);
  });
});

describe('where older clients look somewhere else, and that place takes nothing just now', () => {
  it('a room that was left stays left at the next sign-in', async () => {
    const { bookmarks, add, log, next, signIn, done } = await inside();
    add(room, false);
    bookmarks.changed(room);
    (await next('autojoin="false"')).answer();
    (await next('<storage')).answer(old(true));
    (await next('autojoin="false"')).refuse('resource-constraint');
    await signIn();
    (await next('<items')).answer(items(item(false)));
    (await next('<storage')).answer(old(true));
    await done();
    expect(log).toEqual(['bookmark-refused']);
  });

  it('one that was forgotten is taken out there at the next sign-in', async () => {
    const { bookmarks, add, log, asked, next, signIn, done } = await inside();
    add(room, false);
    bookmarks.remove(room);
    (await next('<retract')).answer();
    (await next('<storage')).answer(old(true));
    (await next('<storage')).refuse('resource-constraint');
    await signIn();
    (await next('<items')).answer(items());
    (await next('<storage')).answer(old(true));
    (await next('<retract')).refuse('item-not-found');
    (await next('<storage')).answer(old(true));
    (await next('<storage')).answer();
    await done();
    expect(log).toEqual(['bookmark-refused']);
    expect(bookmarks.has(room)).toBe(false);
    expect(asked.at(-1)).not.toContain(room);
  });
});
