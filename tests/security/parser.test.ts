import { describe, expect, it } from 'vitest';
import type { ParsedElement } from '../../src-main/xmpp/stream/parsed-element';
import { answerLimits, limits } from '../../src-main/xmpp/stream/limits';
import { StrictParser, type MalformedFrame } from '../../src-main/xmpp/stream/strict-parser';
import { parseXml } from '../../src-main/xmpp/stream/strict-xml';
import type { Element } from '../../src-main/xmpp/stream/xml';
import type { Clock } from '../../src-main/ports';
import { FakeClock } from '../support/clock';

const client = "xmlns='jabber:client'";
/** Time that does not matter here. */
const now: Pick<Clock, 'after'> = {
  after: (_ms, run) => {
    run();
    return { cancel: () => undefined };
  },
};
const events = (frame: string, signedIn = false): string[] => {
  const told: string[] = [];
  const parser = new StrictParser(now, () => signedIn);
  for (const event of ['start', 'end', 'element']) {
    parser.on(event, (element: Element) => told.push(`${event} ${element.getName()}`));
  }
  parser.on('error', (error: MalformedFrame) => told.push(`error ${error.reason}`));
  parser.write(frame);
  return told;
};

/** What is told of a stanza once we are signed in. */
const read = (frame: string): ParsedElement | null => {
  let stanza: ParsedElement | null = null;
  const parser = new StrictParser(now, () => true);
  parser.on('element', (element: ParsedElement) => (stanza = element));
  parser.write(frame);
  return stanza;
};
const depthOf = (element: Element): number => 1 + Math.max(0, ...element.getChildElements().map(depthOf));

describe('strict parser', () => {
  it('reads what servers send', () => {
    expect(events("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>")).toEqual(['start open']);
    expect(events("<close xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>")).toEqual(['end close']);
    expect(events(`<iq ${client}><a xmlns='b'/></iq>`)).toEqual(['element iq']);
    expect(events("<stream:features xmlns:stream='http://etherx.jabber.org/streams'/>")).toEqual([
      'element features',
    ]);
    expect(events("<r xmlns='urn:xmpp:sm:3'/>")).toEqual(['element r']);
  });

  it.each([
    ['two roots in one frame', `<message ${client}/><message ${client}/>`],
    ['a stanza after the end of another', `<message ${client}><body>a</body></message><iq ${client}/>`],
    ['text after the root', `<message ${client}/>x`],
    ['text before the root', `x<message ${client}/>`],
    ['white space before the root', ` <message ${client}/>`],
    ['duplicate attributes', `<message ${client} from='a@b' from='c@d'/>`],
    ['duplicate attributes by namespace', `<message ${client} xmlns:a='u' xmlns:b='u' a:x='1' b:x='2'/>`],
    ['an unclosed element', `<message ${client}>`],
    ['a wrong end tag', `<message ${client}></iq>`],
    ['an end tag alone', '</message>'],
    ['nothing', ''],
    ['an unbound prefix', `<message ${client}><a:b/></message>`],
    ['an unbound prefix of an attribute', `<message ${client} a:b='c'/>`],
    ['a forbidden character', `<message ${client}>\u0000</message>`],
    ['a reference to a forbidden character', `<message ${client}>&#0;</message>`],
    ['an entity that was never declared', `<message ${client}>&lol;</message>`],
    ['a lone surrogate', `<message ${client}>\uD800</message>`],
    ['a bare ampersand', `<message ${client}>a & b</message>`],
    ['an attribute without quotes', `<message ${client} a=b/>`],
    ['"<" in an attribute', `<message ${client} a='<'/>`],
    ['a redefined xml prefix', `<message ${client} xmlns:xml='urn:x'/>`],
  ])('T14 refuses %s', (_what, frame) => {
    expect(events(frame)).toEqual(['error not-well-formed']);
  });

  it.each([
    ['an XML declaration', `<?xml version='1.0'?><message ${client}/>`],
    ['a processing instruction', `<message ${client}><?php x?></message>`],
    ['a comment', `<message ${client}><!-- --></message>`],
    ['a comment in front', `<!-- --><message ${client}/>`],
    ['a DTD', `<!DOCTYPE message [<!ENTITY a 'b'>]><message ${client}>&a;</message>`],
  ])('T14 refuses %s', (_what, frame) => {
    expect(events(frame)).toEqual(['error restricted-xml']);
  });

  it.each([
    ['a stanza in no namespace', "<message xmlns=''/>"],
    ['a stanza in a foreign namespace', "<message xmlns='jabber:server'/>"],
    ['an unknown element in the stanzas’ namespace', `<msg ${client}/>`],
    ['an unknown frame of the framing namespace', "<message xmlns='urn:ietf:params:xml:ns:xmpp-framing'/>"],
    ['a stanza in the namespace of streams', "<message xmlns='http://etherx.jabber.org/streams'/>"],
    ['an opening tag in another namespace', '<open/>'],
  ])('T14 refuses %s', (_what, frame) => {
    expect(events(frame)).toEqual(['error wrong-namespace']);
  });

  it('reads a stanza that names no namespace as a client’s, as Openfire sends some', () => {
    expect(events('<iq/>')).toEqual(['element iq']);
  });

  it('T14 is deaf after an error', () => {
    const told: string[] = [];
    const parser = new StrictParser(now);
    parser.on('error', () => told.push('error'));
    parser.on('element', () => told.push('element'));
    parser.write('<');
    parser.write(`<message ${client}/>`);
    parser.write('<');
    expect(told).toEqual(['error']);
  });

  it('T14 children keep the namespace that was parsed, an empty one too', () => {
    const parsed = parseXml(
      `<message ${client} xmlns:c='urn:xmpp:carbons:2'><c:received/><body xmlns=''>a</body><body>b</body></message>`,
    );
    if (!parsed.ok) throw new Error(parsed.reason);
    const { element } = parsed;
    expect(element.getChild('received', 'urn:xmpp:carbons:2')?.name).toBe('received');
    expect(element.getChildren('body', 'jabber:client').map((body) => body.getText())).toEqual(['b']);
    const again = parseXml(element.toString());
    expect(again.ok && again.element.toString()).toBe(element.toString());
  });

  it('reads a line of the console in the namespace of stanzas, unless it says another', () => {
    const parsed = parseXml("<message><body>a</body><x xmlns='u'/></message>", 'jabber:client');
    expect(parsed.ok && parsed.element.toString()).toBe(
      '<message xmlns="jabber:client"><body>a</body><x xmlns="u"/></message>',
    );
    const other = parseXml("<message xmlns='jabber:server'/>", 'jabber:client');
    expect(other.ok && other.element.getNS()).toBe('jabber:server');
  });

  it('reads text with entities, CDATA and every plane as one', () => {
    const parsed = parseXml(`<message ${client}><body>a&lt;b&#x1F600;<![CDATA[<c>&]]>d</body></message>`);
    expect(parsed.ok && parsed.element.getChild('body')?.children).toEqual(['a<b😀<c>&d']);
  });

  const answer = "iq type='result'";
  /** @param head name of the stanza, and attributes */
  const around = (content: string, head: string): string =>
    `<${head} ${client}>${content}</${head.replace(/\s.*/s, '')}>`;
  const deep = (levels: number, head = 'message'): string =>
    around('<a>'.repeat(levels - 1) + '</a>'.repeat(levels - 1), head);
  const wide = (children: number, head = 'message'): string => around('<a/>'.repeat(children), head);
  const attributed = (count: number, head = 'message'): string =>
    around(`<a ${Array.from({ length: count }, (_, i) => `a${String(i)}=''`).join(' ')}/>`, head);
  const long = (length: number, head = 'message'): string =>
    around('x'.repeat(length - around('', head).length), head);

  it.each([
    ['depth', deep(limits.depth), deep(limits.depth + 1)],
    ['children', wide(limits.children), wide(limits.children + 1)],
    ['attributes', attributed(limits.attributes), attributed(limits.attributes + 1)],
    ['length', long(limits.frameBytes), long(limits.frameBytes + 1)],
  ])('T15 takes a frame at the limit of %s and refuses one beyond', (_what, fits, beyond) => {
    expect(events(fits)).toEqual(['element message']);
    expect(events(beyond)).toEqual(['error too-large']);
  });

  it.each([
    ['depth', deep(answerLimits.depth, answer), deep(answerLimits.depth + 1, answer)],
    ['children', wide(answerLimits.children, answer), wide(answerLimits.children + 1, answer)],
    [
      'attributes',
      attributed(answerLimits.attributes, answer),
      attributed(answerLimits.attributes + 1, answer),
    ],
    ['length', long(answerLimits.frameBytes, answer), long(answerLimits.frameBytes + 100, answer)],
  ])('T15 once signed in takes an answer at its limit of %s, and none beyond', (_what, fits, beyond) => {
    expect(read(fits)?.cut).toBe(false);
    expect(read(beyond)).toMatchObject({ name: 'iq', attrs: { type: 'result' }, cut: true, children: [] });
  });

  it.each([
    ['depth', deep(limits.depth), deep(limits.depth + 1)],
    ['children', wide(limits.children), wide(limits.children + 1)],
    ['attributes', attributed(limits.attributes), attributed(limits.attributes + 1)],
    ['length', long(limits.frameBytes), long(limits.frameBytes + 100)],
  ])('T15 once signed in takes of a message beyond the limit of %s what is within', (_what, fits, beyond) => {
    expect(read(fits)?.cut).toBe(false);
    const stanza = read(beyond);
    expect(stanza).toMatchObject({ name: 'message', cut: true });
    expect(stanza && depthOf(stanza)).toBeLessThanOrEqual(limits.depth);
    expect(String(stanza).length).toBeLessThanOrEqual(limits.frameBytes + 100);
  });

  it('T15 of a message that is cut, the rest is as it was: who sent it, its words, what the server put behind them', () => {
    const body = '<body>hi</body>';
    const after = "<delay xmlns='urn:xmpp:delay' stamp='2026-01-01T00:00:00Z'/>";
    for (const large of [
      '<a>'.repeat(70) + '</a>'.repeat(70),
      `<b>${'<a/>'.repeat(10_001)}</b>`,
      attributed(100).replace(/<\/?message[^>]*>/g, ''),
      `<b>${'x'.repeat(limits.frameBytes + 100)}</b>`,
    ]) {
      const stanza = read(around(body + large + after, "message from='m@x' id='1'"));
      expect(stanza).toMatchObject({ cut: true, attrs: { from: 'm@x', id: '1' } });
      expect(stanza?.getChildText('body')).toBe('hi');
      expect(stanza?.getChild('delay', 'urn:xmpp:delay')).toBeDefined();
    }
    const bald = Array.from({ length: 10_000 }, (_, n) => `a${String(n)}=''`).join(' ');
    expect(read(around(body, `message from='m@x' ${bald}`))).toMatchObject({
      ...{ name: 'message', cut: true, attrs: { xmlns: 'jabber:client', from: 'm@x' } },
    });
    const bottomless = read(around(body + '<a>'.repeat(20_000) + '</a>'.repeat(20_000) + after, 'message'));
    expect(bottomless?.getChildText('body')).toBe('hi');
    // Reading ends before its end.
    expect(bottomless?.getChild('delay', 'urn:xmpp:delay')).toBeUndefined();
    const hairy = Array.from({ length: 1_000 }, (_, n) => `a${String(n)}=''`).join(' ');
    expect(read(around(body, `message ${hairy} from='m@x' type='chat'`))?.attrs).toEqual({
      ...{ xmlns: 'jabber:client', from: 'm@x', type: 'chat' },
    });
  });

  it.each([
    ['x', 'x'],
    ['&quot;', '"'],
    ['&#x1F600;', '😀'],
    ['😀', '😀'],
  ])('T15 a text that is cut ends between two characters: %s', (one, whole) => {
    for (const shift of [0, 1, 5]) {
      const text = 'y'.repeat(shift) + one.repeat(Math.ceil((limits.frameBytes + 100) / whole.length));
      const words = read(around(`<body>${text}</body>`, 'message'))?.getChildText('body') ?? '';
      expect(words.length).toBeGreaterThan(100_000);
      expect([...new Set(words.slice(shift))].join(' ')).toBe(`${whole} …`);
    }
  });

  it('T14 what is not XML ends the stream, signed in or not, and what is no stanza is never cut', () => {
    expect(events(around('<a></b>', 'message'), true)).toEqual(['error not-well-formed']);
    expect(events(`<message ${client}/><message ${client}/>`, true)).toEqual(['error not-well-formed']);
    const features = `<features xmlns='http://etherx.jabber.org/streams'>${'<a/>'.repeat(limits.children + 1)}</features>`;
    expect(events(features, true)).toEqual(['error too-large']);
  });

  it('T15 long are answers alone, and once signed in alone', () => {
    expect(events(long(limits.frameBytes + 1, answer))).toEqual(['error too-large']);
    expect(read(long(limits.frameBytes + 100))?.cut).toBe(true);
    expect(read(wide(limits.children + 1, 'presence'))?.cut).toBe(true);
  });

  it.each([
    ...["iq type='set'", `iq type="get" id="1"`, 'iq', 'iq id=\' type="result" \'', "iq type='error'"],
    ...["iq xtype='result'", "iq type='set' a:type='result' xmlns:a='urn:x'", "message type='result'"],
  ])('T15 whatever else anybody may send is never that long: %s', (head) => {
    const stanza = read(wide(limits.children + 1, head));
    expect(stanza?.cut).toBe(true);
    expect(stanza?.children.length).toBe(stanza?.name === 'iq' ? 0 : limits.children);
  });

  it.each([
    ...[`iq type="result"`, "iq id='a>b' from=\"it's\" type='result'", "iq\ttype = 'result'\n to='a@b'"],
    ...[`iq ${Array.from({ length: 60 }, (_, n) => `a${String(n)}='type'`).join(' ')} type='result'`],
  ])('an answer is known by its type, however it is written: %s', (head) => {
    expect(events(wide(limits.children + 1, head), true)).toEqual(['element iq']);
  });

  it('T15 limits the elements and attributes of the whole frame', () => {
    const bushy = `<message ${client}>${`<b>${'<a/>'.repeat(9999)}</b>`.repeat(6)}</message>`;
    expect(events(bushy)).toEqual(['error too-large']);
    const hairy = `<message ${client}>${`<a ${Array.from({ length: 60 }, (_, i) => `a${String(i)}=''`).join(' ')}/>`.repeat(2000)}</message>`;
    expect(events(hairy)).toEqual(['error too-large']);
  });

  it('T15 reads a large frame in slices, and keeps those behind it in their order', async () => {
    const clock = new FakeClock();
    const parser = new StrictParser(clock);
    const told: string[] = [];
    parser.on('element', (element: Element) => told.push(String(element.attrs['id'])));
    const large = (id: string): string =>
      `<message ${client} id='${id}'><body>${'<a/>'.repeat(9000)}${'é'.repeat(300_000)}</body></message>`;
    parser.write(large('1'));
    parser.write(`<message ${client} id='2'/>`);
    parser.write(large('3'));
    parser.write(`<message ${client} id='4'/>`);
    expect(told).toEqual([]);
    expect(clock.timers).toBe(1);
    await clock.advance(0);
    expect(told).toEqual(['1', '2', '3', '4']);
    parser.write(`<message ${client} id='5'/>`);
    expect(told.at(-1)).toBe('5');
  });

  it('T15 many small frames behind a large one are read by the slice, not one by one', async () => {
    const clock = new FakeClock();
    let turns = 0;
    const parser = new StrictParser({
      after: (ms, run) => {
        turns += 1;
        return clock.after(ms, run);
      },
    });
    let told = 0;
    parser.on('element', () => (told += 1));
    parser.write(long(200_000));
    for (let n = 0; n < 10_000; n += 1) parser.write(`<message ${client}/>`);
    await clock.advance(0);
    expect(told).toBe(10_001);
    expect(turns).toBeGreaterThan(12);
    expect(turns).toBeLessThan(48);
  });

  it('R21 many small frames that the socket has at once are read by the slice, in their order', async () => {
    const clock = new FakeClock();
    const parser = new StrictParser(clock);
    const told: string[] = [];
    parser.on('element', (element: Element) => told.push(String(element.attrs['id'])));
    const ids = Array.from({ length: 1_000 }, (_, n) => String(n));
    for (const id of ids) parser.write(`<presence ${client} id='${id}'/>`);
    expect(told.length).toBeGreaterThan(100);
    expect(told.length).toBeLessThan(500);
    await clock.advance(0);
    expect(told).toEqual(ids);
    parser.write(`<presence ${client} id='next'/>`);
    expect(told.at(-1)).toBe('next');
  });

  it('T14 what comes behind a large frame that is refused is not read', async () => {
    const clock = new FakeClock();
    const parser = new StrictParser(clock);
    const told: string[] = [];
    parser.on('element', () => told.push('element'));
    parser.on('error', (error: MalformedFrame) => told.push(error.reason));
    parser.write(`${long(200_000)}<message/>`);
    parser.write(`<message ${client}/>`);
    await clock.advance(0);
    expect(told).toEqual(['not-well-formed']);
  });

  it('T15 takes a roster of 10,000 contacts', () => {
    const item = (i: number): string =>
      `<item jid='c${String(i)}.osei-bonsu@northgate.example' name='Contact ${String(i)} Osei-Bonsu' subscription='both'>` +
      `<group>Production::Line ${String(i % 100)}</group><group>Everybody at Northgate</group></item>`;
    const roster = `<iq ${client} type='result'><query xmlns='jabber:iq:roster'>${Array.from({ length: 10_000 }, (_, i) => item(i)).join('')}</query></iq>`;
    expect(roster.length).toBeGreaterThan(limits.frameBytes);
    expect(events(roster, true)).toEqual(['element iq']);
  });

  it('T14 never throws, whatever the bytes', () => {
    const alphabet = [
      '<',
      '>',
      '/',
      '"',
      "'",
      '&',
      ';',
      'a',
      ':',
      '=',
      ' ',
      '!',
      '[',
      ']',
      '?',
      '-',
      '\uFFFE',
      'xmlns',
      '#',
      '\u{1F600}',
    ];
    let seed = 7;
    for (let i = 0; i < 20_000; i += 1) {
      let frame = i % 3 === 0 ? '' : '<';
      for (let k = 0; k < 12; k += 1) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        frame += alphabet[seed % alphabet.length] ?? '';
      }
      parseXml(frame);
    }
  });
});
