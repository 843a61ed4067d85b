import { beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '../../../src-main/desktop/random';
import { IqCaller } from '../../../src-main/xmpp/stream/iq-caller';
import { xml, type Element } from '../../../src-main/xmpp/stream/xml';
import { FakeClock, settle } from '../../support/clock';
import { stanza } from '../../support/stanza';

const clock = new FakeClock();
let sent: Element[];
let caller: IqCaller;
beforeEach(() => {
  sent = [];
  caller = new IqCaller({
    clock,
    random: systemRandom,
    send: (element) => sent.push(element),
    domain: 'montague.example',
    bare: 'romeo@montague.example',
    timeoutMs: 30_000,
  });
  caller.full = 'romeo@montague.example/orchard';
});
const ask = (to?: string) => caller.request('get', xml('ping', { xmlns: 'urn:xmpp:ping' }), to ? { to } : {});
const id = (): string => sent.at(-1)?.attrs['id'] as string;
const answer = (from: string | null, more = "type='result'"): Element =>
  stanza(`<iq id='${id()}' ${more} ${from === null ? '' : `from='${from}'`}/>`);
const pending = async (promise: Promise<unknown>): Promise<boolean> => {
  const nothing = {};
  return (await Promise.race([promise, settle().then(() => nothing)])) === nothing;
};

describe('IQ caller', () => {
  it('T6 ids carry 128 bits and never come twice', () => {
    const ids = new Set<string>();
    for (let i = 0; i < 100; i += 1) {
      void ask();
      ids.add(id());
    }
    expect(ids.size).toBe(100);
    for (const one of ids) expect(one).toMatch(/^[0-9a-f]{32}$/);
  });

  it.each([
    [undefined, null],
    [undefined, 'romeo@montague.example'],
    [undefined, 'Romeo@Montague.example/orchard'],
    [undefined, 'montague.example'],
    ['montague.example', 'montague.example'],
    ['montague.example', null],
    ['romeo@montague.example', null],
    ['Juliet@capulet.example/balcony', 'juliet@Capulet.example/balcony'],
  ])('T6 what is asked of %s is answered by %s', async (to, from) => {
    const asked = ask(to);
    expect(caller.take(answer(from))).toBe('answer');
    expect(await asked).toMatchObject({ ok: true });
  });

  it.each([
    [undefined, 'eve@montague.example'],
    [undefined, 'romeo@montague.example/other'],
    ['montague.example', 'eve@montague.example'],
    ['juliet@capulet.example/balcony', 'juliet@capulet.example'],
    ['juliet@capulet.example/balcony', 'juliet@capulet.example/Balcony'],
    ['juliet@capulet.example', null],
    ['romeo@montague.example', 'romeo@montague.example/orchard'],
  ])('T6 what is asked of %s stays open when %s answers', async (to, from) => {
    const asked = ask(to);
    expect(caller.take(answer(from))).toBe('stray');
    expect(await pending(asked)).toBe(true);
    caller.lose();
    expect(await asked).toMatchObject({ ok: false, error: { condition: 'lost' } });
  });

  it('T6 an answer with an id that was never asked, or a second one, changes nothing', async () => {
    const asked = ask();
    expect(caller.take(stanza("<iq id='0' type='result'/>"))).toBe('stray');
    caller.take(answer(null));
    expect(caller.take(answer(null))).toBe('stray');
    expect(await asked).toMatchObject({ ok: true });
  });

  it('leaves requests and other stanzas to their handler', () => {
    void ask();
    expect(caller.take(answer(null, "type='get'"))).toBe('none');
    expect(caller.take(stanza(`<message id='${id()}' type='result'/>`))).toBe('none');
  });

  it('reads errors', async () => {
    const asked = ask();
    const error = `<iq id='${id()}' type='error'><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>Gone</text></error></iq>`;
    caller.take(stanza(error));
    expect(await asked).toEqual({
      ok: false,
      error: { condition: 'item-not-found', type: 'cancel', text: 'Gone' },
    });
  });

  it('gives up in time, and at once when the line is lost', async () => {
    const asked = ask();
    await clock.advance(30_000);
    expect(await asked).toMatchObject({ error: { condition: 'timeout' } });
    const open = ask();
    caller.lose();
    expect(await open).toMatchObject({ error: { condition: 'lost' } });
    expect(await ask()).toMatchObject({ error: { condition: 'lost' } });
    expect(clock.timers).toBe(0);
  });
});
