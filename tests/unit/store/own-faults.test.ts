import { describe, expect, it } from 'vitest';
import { routeStanzas } from '../../../src-main/session/router';
import { StoreBug } from '../../../src-main/store/store';
import type { SessionContext } from '../../../src-main/session/context';
import type { Link } from '../../../src-main/xmpp/link';
import { stanza } from '../../support/stanza';
import { incoming, listLog, openTestStore } from '../../support/store-kit';

const peer = 'romeo@example.org';
/** What no reader gives, and what the store has no word for. */
const faulty = { secret: 'swordfish' } as unknown as string;

const open = async () => {
  const log = listLog();
  const store = await openTestStore({ log });
  const bodies = async () => (await store.page(peer, null, 100)).messages.map(({ body }) => body);
  return { store, log, bodies };
};

describe('a fault of our own in the store', () => {
  it('R12 is none of the disk’s: its call fails by itself, and the log says where, and nothing of what it met', async () => {
    const { store, log, bodies } = await open();
    const added = ['a', faulty, 'c'].map((body) => store.addMessage(incoming({ body })));
    const [first, second, third] = await Promise.allSettled(added);
    expect([first?.status, third?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(second?.status === 'rejected' && second.reason).toBeInstanceOf(StoreBug);
    expect(await bodies()).toEqual(['a', 'c']);
    expect(log.lines.filter((line) => line.startsWith('store-bug'))).toHaveLength(1);
    expect(log.lines.join()).toMatch(/store-bug .*StoreBug at /);
    expect(log.lines.join()).not.toContain('swordfish');
  });

  it.each([
    ['text that libsql would cut', { body: 'a\0b' }],
    ['what the schema refuses', { at: 0.5 }],
  ])('R12 and so is %s', async (_, part) => {
    const { store, bodies } = await open();
    const added = [{ body: 'a' }, part, { body: 'c' }].map((one) => store.addMessage(incoming(one)));
    const [first, second, third] = await Promise.allSettled(added);
    expect([first?.status, third?.status]).toEqual(['fulfilled', 'fulfilled']);
    expect(second?.status === 'rejected' && second.reason).toBeInstanceOf(StoreBug);
    expect(await bodies()).toEqual(['a', 'c']);
  });

  it('R12 costs the stanza that met it, and not the stream', async () => {
    const { store, log } = await open();
    const services = {
      archive: { take: () => false },
      rooms: {
        heard: () => undefined,
        invitations: { take: () => Promise.resolve(false) },
        moderation: { take: () => false },
        subjects: { take: () => false },
      },
      people: { carbons: { open: () => null } },
      chats: { take: () => store.addMessage(incoming({ body: faulty })) },
      offline: { inOrder: (_: unknown, run: () => Promise<void>) => run() },
      kept: () => undefined,
    } as unknown as Parameters<typeof routeStanzas>[2];
    const route = routeStanzas({ ports: { log } } as unknown as SessionContext, {} as Link, services);
    await expect(route(stanza(`<message from='${peer}'><body>a</body></message>`))).resolves.toBeUndefined();
    expect(log.lines.some((line) => line.startsWith('stanza-dropped'))).toBe(true);
  });

  it('R12 keeps its own entry out of a page of the archive, and no other', async () => {
    const { store, log, bodies } = await open();
    const entry = (n: number, body: string) =>
      incoming({ body, at: 1_000 * n, stanzaId: `s${String(n)}`, source: 'archive' });
    const added = await store.addPage({
      ...{ with: null, after: null, before: null, whole: true, lost: false },
      places: [1, 2, 3].map((n) => ({ id: `s${String(n)}`, at: 1_000 * n })),
      messages: [entry(1, 'a'), entry(2, faulty), entry(3, 'c')],
      amendments: [],
    });
    expect(added.fresh.map(({ body }) => body)).toEqual(['a', 'c']);
    expect(await bodies()).toEqual(['a', 'c']);
    expect(await store.ranges(null)).toMatchObject([{ first: { id: 's1' }, last: { id: 's3' } }]);
    expect(log.lines.filter((line) => line.startsWith('store-bug'))).toHaveLength(1);
    expect(log.lines.join()).not.toContain('swordfish');
  });
});
