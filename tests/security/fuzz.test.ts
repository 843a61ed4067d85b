import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '../../src-main/ports';
import { StrictParser } from '../../src-main/xmpp/stream/strict-parser';
import { hostileAccount, mallory, nurse, own, romeo, type HostileAccount } from './hostile-account';

const folder = fileURLToPath(new URL('corpus/', import.meta.url));
const corpus = readdirSync(folder)
  .filter((name) => name.endsWith('.xml'))
  .map((name) => ({ name: name.replace('.xml', ''), frame: readFileSync(folder + name, 'utf8') }));
/** `FUZZ_SEED=n` runs another one; `FUZZ_MS=n` takes longer. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const budget = Number(process.env['FUZZ_MS'] ?? 4_000);

const now: Pick<Clock, 'after'> = {
  after: (_ms, run) => {
    run();
    return { cancel: () => undefined };
  },
};
/** What the parser tells of a frame: exactly one thing, whatever it is. */
const told = (frame: string, signedIn = false): readonly string[] => {
  const events: string[] = [];
  const parser = new StrictParser(now, () => signedIn);
  for (const event of ['start', 'end', 'element', 'error'])
    parser.on(event, () => {
      events.push(event);
    });
  parser.write(frame);
  return events;
};

describe('the parser', () => {
  it.each(corpus)('T14 T15 $name ends in one element or one error', ({ name, frame }) => {
    const parts = told(frame);
    expect(parts).toHaveLength(1);
    if (name.startsWith('ignored')) expect(parts).toEqual(['element']);
  });

  it('T14 T15 mutated frames never throw, never give two elements', () => {
    const pieces = [
      '<',
      '>',
      '/>',
      '</',
      "'",
      '"',
      '&',
      ';',
      '&#',
      '<![CDATA[',
      ']]>',
      '<!--',
      '<?',
      '\u0000',
      '\uD800',
      ' xmlns=',
      ':',
    ];
    const mutation = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.constantFrom(...pieces),
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constantFrom(...corpus.map(({ frame }) => frame)),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...corpus),
        fc.array(mutation, { maxLength: 4 }),
        ({ frame }, mutations) => {
          const changed = mutations.reduce((text, { at, cut, put }) => {
            const place = Math.floor(at * text.length);
            return text.slice(0, place) + put + text.slice(place + cut);
          }, frame);
          expect(told(changed)).toHaveLength(1);
          expect(told(changed, true)).toHaveLength(1);
        },
      ),
      { seed, numRuns: 1_000_000, interruptAfterTimeLimit: budget, markInterruptAsFailure: false },
    );
  });
});

describe('the core', () => {
  let it_: HostileAccount;
  beforeAll(async () => {
    it_ = await hostileAccount();
  });
  afterAll(() => it_.stop());

  it.each(corpus.filter(({ name }) => name.startsWith('ignored')))(
    'T14 $name changes nothing and the session lives on',
    ({ frame }) => it_.changesNothing(frame),
  );

  it.each(corpus.filter(({ name }) => name.startsWith('cut')))(
    'T15 $name changes nothing and the session lives on',
    ({ frame }) => it_.changesNothing(frame),
  );

  it('T14 T15 any well-formed stanza leaves the session alive', async () => {
    const jids = [
      own,
      romeo,
      nurse,
      mallory,
      `${romeo}/a`,
      `${own}/phone`,
      'hostile.test',
      '@',
      'a@b@c',
      '\u202E',
      '',
    ];
    const namespaces = [
      'jabber:client',
      '',
      'urn:xmpp:carbons:2',
      'urn:xmpp:forward:0',
      'urn:xmpp:mam:2',
      'urn:xmpp:sid:0',
      'urn:xmpp:delay',
      'urn:xmpp:receipts',
      'urn:xmpp:chat-markers:0',
      'urn:xmpp:message-correct:0',
      'urn:xmpp:message-retract:1',
      'jabber:iq:roster',
      'http://jabber.org/protocol/pubsub#event',
      'http://jabber.org/protocol/disco#info',
      'http://jabber.org/protocol/caps',
      'http://jabber.org/protocol/muc#user',
      'urn:xmpp:mds:displayed:0',
      'jabber:x:data',
      'urn:xmpp:blocking',
      'urn:xmpp:ping',
    ];
    const names = [
      'body',
      'subject',
      'received',
      'sent',
      'forwarded',
      'message',
      'result',
      'fin',
      'delay',
      'stanza-id',
      'origin-id',
      'request',
      'displayed',
      'replace',
      'retract',
      'event',
      'items',
      'item',
      'query',
      'c',
      'x',
      'error',
      'show',
      'status',
      'priority',
      'set',
      'block',
      'ping',
    ];
    const text = fc.oneof(
      fc.constantFrom('', '1', '-1', '2026-01-01T00:00:00Z', '99999999999999999999', 'true', ...jids),
      fc.string({ maxLength: 8 }),
    );
    const escaped = text.map((value) =>
      // eslint-disable-next-line no-control-regex -- XML forbids them
      value.replace(/[<>&'"]/g, '').replace(/[\u0000-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu, ''),
    );
    const attributes = fc
      .uniqueArray(
        fc.constantFrom(
          'id',
          'type',
          'by',
          'stamp',
          'queryid',
          'jid',
          'node',
          'ver',
          'hash',
          'code',
          'subscription',
          'ask',
        ),
        { maxLength: 4 },
      )
      .chain((keys) => fc.tuple(...keys.map((key) => escaped.map((value) => ` ${key}='${value}'`))))
      .map((all) => all.join(''));
    const { node } = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        escaped,
        fc
          .tuple(
            fc.constantFrom(...names),
            fc.constantFrom(...namespaces),
            attributes,
            fc.array(tie('node'), { maxLength: 3 }),
          )
          .map(([name, ns, more, inner]) => `<${name} xmlns='${ns}'${more}>${inner.join('')}</${name}>`),
      ),
    }));
    const types = [
      '',
      'chat',
      'normal',
      'headline',
      'groupchat',
      'error',
      'get',
      'set',
      'result',
      'subscribe',
      'subscribed',
      'unavailable',
      'probe',
      'x',
    ];
    const stanza = fc
      .tuple(
        fc.constantFrom('message', 'presence', 'iq'),
        fc.constantFrom(...types),
        fc.constantFrom(...jids),
        fc.array(node, { maxLength: 4 }),
      )
      .map(
        ([name, type, from, inner]) =>
          `<${name} xmlns='jabber:client' id='f' type='${type}'${from === '' ? '' : ` from='${from}'`}>${inner.join('')}</${name}>`,
      );
    const frames = fc.sample(stanza, { seed, numRuns: 1_500 });
    for (let start = 0; start < frames.length; start += 250) {
      it_.send(...frames.slice(start, start + 250));
      await it_.settled();
    }
    await it_.livesOn();
  });
});

describe('the core and frames that end the stream', () => {
  it(
    'T14 the stream is closed, said so, and a new one opened; nothing of the frame is kept',
    { timeout: 120_000 },
    async () => {
      const it_ = await hostileAccount();
      try {
        for (const { name, frame } of corpus.filter((one) => one.name.startsWith('closes'))) {
          const before = it_.server.guests.length;
          const last = it_.server.guests.at(-1);
          last?.send(frame);
          await it_.core.until(
            () => last?.received.find((one) => one.startsWith('<close')),
            `${name} closes`,
          );
          await it_.core.until(async () => {
            await it_.core.core.call('account.retry', { account: it_.account });
            return it_.server.guests.length > before ? true : null;
          }, `a new stream after ${name}`);
          await it_.core.waitForState(({ connection }) => connection.phase === 'online', 'online again');
        }
        expect(await it_.bodies(romeo)).toEqual([]);
        expect(await it_.bodies(own)).toEqual([]);
      } finally {
        await it_.stop();
      }
    },
  );
});
