import { describe, expect, it } from 'vitest';
import { answerIq } from '../../../src-main/session/iq-responder';
import { createAccountRecords } from '../../../src-main/session/account-records';
import { createHub } from '../../../src-main/session/hub';
import { createPresences } from '../../../src-main/session/presences';
import { createSettings } from '../../../src-main/session/settings';
import type { Files, System } from '../../../src-main/ports';
import { defaultSettings } from '../../../src-shared/model/settings';
import { parseJid } from '../../../src-shared/model/jid';
import { stanza } from '../../support/stanza';
import { silentLog } from '../../support/link-deps';

const filesIn = (kept: Map<string, string>): Files => ({
  read: (name) => Promise.resolve(kept.get(name) ?? null),
  write: (name, text) => {
    kept.set(name, text);
    return Promise.resolve();
  },
  remove: (name) => {
    kept.delete(name);
    return Promise.resolve();
  },
});
const system = { locales: ['zh-TW', 'en'], setAutostart: () => Promise.resolve() } as unknown as System;

describe('presences', () => {
  const at = (resource: string, kind: 'online' | 'away' | 'dnd', priority: number) => ({
    resource,
    kind,
    status: resource,
    priority,
    client: null,
  });

  it('shows the highest priority, then the most available', () => {
    const presences = createPresences();
    presences.available('a@b', at('one', 'away', 0));
    presences.available('a@b', at('two', 'online', 0));
    expect(presences.of('a@b')).toMatchObject({ kind: 'online', status: 'two' });
    presences.available('a@b', at('three', 'dnd', 5));
    expect(presences.of('a@b').resources.map(({ resource }) => resource)).toEqual(['three', 'two', 'one']);
  });

  it('keeps the last words of someone who left, and forgets all at the end of a stream', () => {
    const presences = createPresences();
    presences.available('a@b', at('one', 'online', 0));
    presences.unavailable('a@b', 'one', 'gone fishing');
    expect(presences.of('a@b')).toEqual({ kind: 'offline', status: 'gone fishing', resources: [] });
    presences.available('a@b', at('one', 'online', 0));
    expect(presences.clear()).toEqual(['a@b']);
    expect(presences.of('a@b').kind).toBe('offline');
  });

  it('holds at most a hundred resources of one contact', () => {
    const presences = createPresences();
    for (let n = 0; n < 500; n++) presences.available('a@b', at(String(n), 'online', 0));
    expect(presences.of('a@b').resources).toHaveLength(100);
  });

  it('T31 of strangers keeps a hundred, however many come: the next one has room when one of them goes', () => {
    const presences = createPresences();
    for (let n = 0; n < 500; n++) presences.available(`${String(n)}@evil`, at('one', 'online', 0), true);
    const there = Array.from({ length: 500 }, (_, n) => presences.of(`${String(n)}@evil`).kind);
    expect(there.filter((kind) => kind === 'online')).toHaveLength(100);
    presences.available('a@b', at('one', 'online', 0));
    expect(presences.of('a@b').kind).toBe('online');
    presences.unavailable('7@evil', 'one', null);
    presences.available('500@evil', at('one', 'online', 0), true);
    expect(presences.of('500@evil').kind).toBe('online');
    presences.clear();
    presences.available('501@evil', at('one', 'online', 0), true);
    expect(presences.of('501@evil').kind).toBe('online');
  });

  it('T31 of a stranger holds three resources, of nobody more of a status than is shown, and keeps contacts alone', () => {
    const presences = createPresences();
    const long = { ...at('one', 'online', 0), status: 'x'.repeat(250_000) };
    for (let n = 0; n < 100; n++) presences.available('a@evil', { ...long, resource: String(n) }, true);
    expect(presences.of('a@evil').resources).toHaveLength(3);
    expect(presences.of('a@evil').status).toHaveLength(1_000);
    expect(presences.all()).toEqual([]);
    presences.befriended('a@evil');
    expect(presences.all()).toMatchObject([{ jid: 'a@evil', resources: [{}, {}, {}] }]);
    presences.available('a@b', long);
    presences.unavailable('a@b', 'one', 'y'.repeat(250_000));
    expect(presences.of('a@b').status).toHaveLength(1_000);
  });
});

describe('IQ requests', () => {
  const time = { at: Date.UTC(2026, 0, 2, 3, 4, 5), offset: -330 };
  const own = { bare: 'juliet@x', domain: 'x', version: '0.1.0', time };
  const ping = "<ping xmlns='urn:xmpp:ping'/>";
  const ask = (from: string, child: string, shares = false): string =>
    answerIq(stanza(`<iq type='get' id='1' from='${from}'>${child}</iq>`), own, () => shares).toString();

  it('answers the own server and contacts that see our presence', () => {
    expect(ask('x', ping)).toBe('<iq type="result" id="1" to="x"/>');
    expect(ask('romeo@x/a', ping, true)).toBe('<iq type="result" id="1" to="romeo@x/a"/>');
    expect(ask('x', "<query xmlns='jabber:iq:version'/>")).toContain('<version>0.1.0</version>');
    expect(ask('x', "<query xmlns='http://jabber.org/protocol/disco#info'/>")).toContain('urn:xmpp:receipts');
  });

  it('XEP-0202: what time it is here, to who sees our presence, unless the user keeps it to himself', () => {
    const question = "<time xmlns='urn:xmpp:time'/>";
    expect(ask('romeo@x/a', question, true)).toContain('<tzo>-05:30</tzo><utc>2026-01-02T03:04:05Z</utc>');
    expect(ask('mallory@y', question)).toContain('service-unavailable');
    const silent = { ...own, time: null };
    const asked = stanza(`<iq type='get' id='1' from='romeo@x/a'>${question}</iq>`);
    expect(answerIq(asked, silent, () => true).toString()).toContain('service-unavailable');
  });

  it('T31 who is in a room with us learns that we are there and what our presence says, not the version', () => {
    const room = (child: string) =>
      answerIq(
        stanza(`<iq type='get' id='1' from='verona@rooms.x/tybalt'>${child}</iq>`),
        own,
        () => false,
        (bare) => bare === 'verona@rooms.x',
      ).toString();
    expect(room(ping)).toBe('<iq type="result" id="1" to="verona@rooms.x/tybalt"/>');
    expect(room("<query xmlns='http://jabber.org/protocol/disco#info'/>")).toContain('urn:xmpp:receipts');
    for (const question of ["<query xmlns='jabber:iq:version'/>", "<time xmlns='urn:xmpp:time'/>"])
      expect(room(question)).toContain('service-unavailable');
  });

  it('tells a stranger nothing, not even that we are here', () => {
    expect(ask('mallory@y', ping)).toContain('service-unavailable');
    expect(ask('mallory@y', "<query xmlns='jabber:iq:version'/>")).toBe(
      ask('mallory@y', "<query xmlns='urn:unknown'/>"),
    );
  });
});

describe('settings', () => {
  it('keeps what was set and follows the system where told to', async () => {
    const kept = new Map<string, string>();
    const first = createSettings({ files: filesIn(kept), system, log: silentLog }, createHub());
    await first.load();
    expect(first.get()).toEqual(defaultSettings);
    expect(first.locale()).toBe('zh-CN');
    await first.set({ theme: 'dark', language: 'en' });
    const second = createSettings({ files: filesIn(kept), system, log: silentLog }, createHub());
    await second.load();
    expect(second.get()).toMatchObject({ theme: 'dark', language: 'en', density: 'comfortable' });
    expect(second.locale()).toBe('en');
  });

  it('what starts the app with the session is written again at each start: its file may have another name by now', async () => {
    const told: (readonly [boolean, boolean])[] = [];
    const autostart = {
      ...system,
      setAutostart: (on: boolean, hidden: boolean) => {
        told.push([on, hidden]);
        return Promise.reject(new Error('a disk that is full'));
      },
    };
    for (const text of [
      '{}',
      '{"autostart":true,"startHidden":true}',
      '{"autostart":true,"startHidden":false}',
    ]) {
      const files = filesIn(new Map([['settings.json', text]]));
      await createSettings({ files, system: autostart, log: silentLog }, createHub()).load();
    }
    expect(told).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it('R14 reads a damaged file as defaults and drops only the entries that are wrong', async () => {
    for (const [text, theme] of [
      ['{"theme":"da', 'system'],
      ['[]', 'system'],
      ['{"theme":"pink","density":"compact","evil":1}', 'system'],
      ['{"theme":"light","textSize":9000}', 'light'],
    ] as const) {
      const settings = createSettings(
        { files: filesIn(new Map([['settings.json', text]])), system, log: silentLog },
        createHub(),
      );
      await settings.load();
      expect(settings.get()).toMatchObject({ theme, textSize: 100 });
      expect(settings.get()).not.toHaveProperty('evil');
    }
  });
});

describe('account records', () => {
  const record = (id: string, jid: string) =>
    ({
      id: id.repeat(32),
      jid,
      options: {
        server: null,
        resource: null,
        priority: 0,
        mechanism: null,
        startInvisible: false,
        rememberPassword: true,
        signInAtStart: true,
      },
      active: true,
      presence: { kind: 'online', status: null },
      allowPlain: false,
      scramSeen: false,
      everOnline: false,
      pins: {},
    }) as never;

  it('has one active account and reads its own file back', async () => {
    const kept = new Map<string, string>();
    const records = createAccountRecords(filesIn(kept));
    await records.put(record('a', 'a@x'));
    await records.put(record('b', 'b@x'));
    expect(records.active()?.jid).toBe('b@x');
    const again = createAccountRecords(filesIn(kept));
    await again.load();
    expect(again.active()?.jid).toBe('b@x');
    expect(again.byJid('a@x')?.active).toBe(false);
  });

  it('survives a file that is not its own', async () => {
    for (const text of ['', '{', '{"a":1}', '[1,null,{"id":"x"}]']) {
      const records = createAccountRecords(filesIn(new Map([['accounts.json', text]])));
      await records.load();
      expect(records.active()).toBeNull();
    }
  });
});

describe('addresses (RFC 7622)', () => {
  it.each([
    ['Juliet@Example.ORG/Balcony', 'juliet@example.org', 'Balcony'],
    ['example.org', 'example.org', null],
    ['用户@例子.中国', '用户@例子.中国', null],
    ['a@b/c/d@e', 'a@b', 'c/d@e'],
  ])('reads %s', (text, bare, resource) => {
    expect(parseJid(text)).toMatchObject({ bare, resource });
  });
  it.each([
    '',
    '@b',
    'a@',
    'a b@c',
    'a@b/',
    "a'@b",
    `${'a'.repeat(1024)}@b`,
    'a@b@c',
    'a@b c',
    'a@.b',
    'a@b..c',
  ])('refuses %s', (text) => {
    expect(parseJid(text)).toBeNull();
  });
});
