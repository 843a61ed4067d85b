import { expect, it } from 'vitest';
import { createServerClock } from '../../../src-main/session/server-clock';
import type { SessionContext } from '../../../src-main/session/context';
import type { Link } from '../../../src-main/xmpp/link';
import { FakeClock, settle } from '../../support/clock';
import { stanza } from '../../support/stanza';

const hour = 3_600_000;
const began = Date.UTC(2026, 0, 1);

/** Our clock and the server's, which is right. @param says its words in place of the time; they take so long */
const both = async (ahead: number, says?: string, takes = 0) => {
  const clock = new FakeClock(began + ahead);
  const right = () => began + clock.monotonic();
  let asked = 0;
  const link = {
    iq: async () => {
      asked += 1;
      const utc = says ?? new Date(right()).toISOString();
      await clock.advance(takes);
      return Promise.resolve({
        ok: true,
        iq: stanza(`<iq><time xmlns='urn:xmpp:time'><tzo>Z</tzo><utc>${utc}</utc></time></iq>`),
      });
    },
  } as unknown as Link;
  const context = { domain: 'example.org', ports: { clock }, link: () => link };
  const server = createServerClock(context as unknown as SessionContext);
  const before = server.now();
  server.wentOnline(link);
  await settle();
  return { clock, server, before, right, asked: () => asked };
};

it.each([0, hour, -hour, 40 * 24 * hour])(
  'R11 tells the server’s time, ours being %i ms ahead',
  async (ahead) => {
    const { clock, server, before, right } = await both(ahead);
    expect(before).toBe(began + ahead);
    expect(server.now()).toBe(right());
    await clock.advance(5 * hour + 0.4);
    // An even clock has fractions, the store's times have none.
    expect(server.now()).toBe(Math.floor(right()));
  },
);

it('R11 asks again when our clock is set, and is never ahead meanwhile', async () => {
  const { clock, server, right, asked } = await both(0);
  for (const step of [hour, -2 * hour]) {
    clock.epoch += step;
    const before = asked();
    expect(server.now()).toBeLessThanOrEqual(right());
    server.now();
    await settle();
    expect(asked()).toBe(before + 1);
    expect(server.now()).toBe(right());
  }
});

it('T12 is ours where the server says none that can be', async () => {
  for (const said of ['', 'noon', '1970-01-01T00:00:00Z', '9999-12-31T00:00:00Z']) {
    const { server, right } = await both(0, said);
    expect(server.now()).toBe(right());
  }
});

it('R9 is ours where a server that says whole seconds says the same: nothing is dated before what was there', async () => {
  const second = new Date(began).toISOString().replace('.000', '');
  for (const [ahead, expected] of [
    [700, 700],
    [999, 999],
    [1_000, 0],
    [-1, 0],
  ] as const)
    expect((await both(ahead, second)).server.now()).toBe(began + expected);
  // It may be as late as it says, and never later.
  const slow = await both(700, second, 900);
  await expect.poll(slow.server.now).toBe(began + 999);
  expect(slow.clock.now()).toBe(began + 1_600);
  const apart = await both(2_000, second, 900);
  await expect.poll(apart.server.now).toBe(began);
});
