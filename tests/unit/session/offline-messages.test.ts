import { beforeEach, describe, expect, it } from 'vitest';
import { createOfflineMessages, type OfflineMessages } from '../../../src-main/session/offline-messages';
import type { SessionContext } from '../../../src-main/session/context';
import type { Element } from '../../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../../src-main/xmpp/link';
import { OFFLINE, parseOfflineNode } from '../../../src-main/xmpp/xep/0013-offline';
import { MAM } from '../../../src-main/xmpp/xep/0313-archive';
import { FakeClock, settle } from '../../support/clock';
import { silentLog } from '../../support/link-deps';
import { stanza } from '../../support/stanza';

interface Waiting {
  readonly node: string;
  readonly body: string;
  readonly stamp: string;
}
const romeo = 'romeo@openfire.test/orchard';
const message = ({ node, body, stamp }: Waiting, from = romeo): Element =>
  stanza(
    `<message from='${from}' type='chat'><body>${body}</body><delay xmlns='urn:xmpp:delay' from='openfire.test' stamp='${stamp}'/><offline xmlns='${OFFLINE}'><item node='${node}'/></offline></message>`,
  );
const second = (n: number): Waiting => ({
  node: `n${String(n)}`,
  body: `text ${String(n)}`,
  stamp: `2026-01-01T00:00:0${String(n)}Z`,
});

describe('messages that wait at a server without an archive', () => {
  let clock: FakeClock;
  let box: Waiting[];
  let asked: string[];
  let committed: string[];
  let refuse: boolean;
  let offline: OfflineMessages;
  let link: Link;
  let features: Set<string>;

  const take = (one: Element): Promise<void> =>
    offline.inOrder(one, () => {
      if (refuse) return Promise.reject(new Error('disk'));
      committed.push(one.getChildText('body') ?? '');
      return Promise.resolve();
    });
  const answer = (child: Element): IqOutcome => {
    const what = child.toString();
    if (what.includes('disco#items')) {
      asked.push('list');
      const items = box.map(({ node }) => `<item jid='x' name='${romeo}' node='${node}'/>`).join('');
      return {
        ok: true,
        iq: stanza(
          `<iq type='result'><query xmlns='http://jabber.org/protocol/disco#items'>${items}</query></iq>`,
        ),
      };
    }
    if (what.includes('<fetch')) {
      asked.push('fetch');
      for (const one of box) void take(message(one)).catch(() => undefined);
    } else {
      const gone = [...what.matchAll(/node="([^"]+)"/g)].map(([, node]) => node);
      asked.push(`remove ${gone.join(' ')}`);
      box = box.filter(({ node }) => !gone.includes(node));
    }
    return { ok: true, iq: stanza(`<iq type='result'/>`) };
  };

  beforeEach(() => {
    clock = new FakeClock();
    [box, asked, committed, refuse] = [[], [], [], false];
    features = new Set([OFFLINE]);
    link = { iq: (_: string, child: Element) => Promise.resolve(answer(child)) } as unknown as Link;
    offline = createOfflineMessages({
      ports: { clock, log: silentLog },
      features: () => features,
      link: () => link,
    } as unknown as SessionContext);
  });

  it('are fetched before the first presence, kept, and only then removed, until none is left', async () => {
    box = [second(1), second(2)];
    await offline.begin(link);
    expect(committed).toEqual(['text 1', 'text 2']);
    expect(asked).toEqual(['list', 'fetch', 'remove n1 n2', 'list']);
  });

  it('R2 stay at the server when they cannot be kept', async () => {
    box = [second(1)];
    refuse = true;
    const begun = offline.begin(link);
    await clock.advance(15_000);
    await begun;
    expect([asked, box]).toEqual([['list', 'fetch'], [second(1)]]);
  });

  it('R9 come in the order in which they were written, whatever the server does', async () => {
    box = [second(3), second(1), second(2)];
    await offline.begin(link);
    expect(committed).toEqual(['text 1', 'text 2', 'text 3']);
  });

  it('R9 are before what comes live after the presence, when they were put there on the way', async () => {
    await offline.begin(link);
    box = [second(1)];
    const live = take(stanza(`<message from='${romeo}' type='chat'><body>live</body></message>`));
    await settle();
    expect(committed).toEqual([]);
    offline.wentOnline(link);
    await settle();
    await live;
    expect(committed).toEqual(['text 1', 'live']);
    expect(box).toEqual([]);
  });

  it('hold up nothing that comes live for long', async () => {
    await offline.begin(link);
    void take(stanza(`<message from='${romeo}' type='chat'><body>live</body></message>`));
    await clock.advance(2_000);
    expect(committed).toEqual(['live']);
  });

  it('are looked for once more a while later', async () => {
    await offline.begin(link);
    offline.wentOnline(link);
    await settle();
    box = [second(1)];
    await clock.advance(3_000);
    expect([committed, box]).toEqual([['text 1'], []]);
  });

  it('cannot be removed by somebody else who writes their names', async () => {
    box = [second(1)];
    refuse = true;
    const begun = offline.begin(link);
    await settle();
    refuse = false;
    await take(message(second(1), 'tybalt@openfire.test/x'));
    await clock.advance(15_000);
    await begun;
    expect(box).toEqual([second(1)]);
  });

  it('have the name that was given last', () => {
    const again = stanza(
      `<message from='${romeo}'><offline xmlns='${OFFLINE}'><item node='old'/></offline><offline xmlns='${OFFLINE}'><item node='new'/></offline></message>`,
    );
    expect(parseOfflineNode(again)).toBe('new');
  });

  it('are left to the archive where there is one, and to the server where it cannot be asked', async () => {
    features = new Set([OFFLINE, MAM]);
    await offline.begin(link);
    features = new Set();
    await offline.begin(link);
    expect(asked).toEqual([]);
  });
});
