/** An archive in memory that answers queries as servers do: pages, windows of time with whole seconds, ids that expire. */
import type { Element } from '../../src-main/xmpp/element';
import type { IqOutcome, Link } from '../../src-main/xmpp/link';
import { stanza } from './stanza';

export interface ArchivedMessage {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  /** Us, where it is not said. */
  readonly to?: string;
  /** It stands in the archive of this room, and not in our own. */
  readonly room?: string;
  readonly body: string;
}

export interface ScriptedArchive {
  readonly link: Link;
  entries: ArchivedMessage[];
  /** Queries so far. */
  readonly asked: readonly string[];
  /** Everything is refused with this from now on. */
  refuse: string | null;
  /** How many more queries are answered before the line is lost, or each is refused with this. */
  answers: number;
  end: string;
  /** So many answers more do not come in time. */
  late: number;
  /** It goes on from an id that is no more, as if nothing had gone with it. */
  skips: boolean;
}

const own = 'juliet@example.org';
const field = (query: string, name: string): string | null =>
  new RegExp(`var="${name}"[^>]*><value>([^<]*)`).exec(query)?.[1] ?? null;
const tag = (query: string, name: string): string | null =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(query)?.[1] ?? null;
const oldest = ([first]: readonly ArchivedMessage[]): Element =>
  stanza(
    `<iq><metadata xmlns='urn:xmpp:mam:2'>${first ? `<start id='${first.id}' timestamp='${new Date(first.at).toISOString()}'/>` : ''}</metadata></iq>`,
  );
const failure = (condition: string): IqOutcome => ({
  ok: false,
  error: { condition, type: 'cancel', text: null },
});

/** @param deliver takes each result before the query is answered, as a stream does */
export const scriptedArchive = (deliver: (result: Element) => void, mostPerPage = 50): ScriptedArchive => {
  const asked: string[] = [];

  const answer = (query: string, room: string | undefined): IqOutcome => {
    const there = archive.entries.filter((entry) => entry.room === room);
    if (query.includes('<metadata')) return { ok: true, iq: oldest(there) };
    const seconds = (text: string): number => Math.floor(Date.parse(text) / 1_000) * 1_000;
    const [start, end, peer] = ['start', 'end', 'with'].map((name) => field(query, name));
    // Prosody looks for an id among what the form lets through.
    let found = there.filter(
      ({ at, from, to }) =>
        (!start || at >= seconds(start)) &&
        (!end || at <= seconds(end)) &&
        (!peer || from === peer || to === peer),
    );
    const after = tag(query, 'after');
    const before = tag(query, 'before');
    const place = (id: string): number => found.findIndex((entry) => entry.id === id);
    if ((after && place(after) < 0 && !archive.skips) || (before && place(before) < 0))
      return failure('item-not-found');
    if (after) found = found.slice(place(after) + 1);
    if (before) found = found.slice(0, place(before));
    const max = Math.min(mostPerPage, Number(tag(query, 'max')));
    const page = query.includes('<before') ? found.slice(-max) : found.slice(0, max);
    const queryId = /queryid="([^"]*)"/.exec(query)?.[1] ?? '';
    for (const { id, at, from, to = own, body } of page) {
      deliver(
        stanza(
          `<message from='${room ?? own}'><result xmlns='urn:xmpp:mam:2' queryid='${queryId}' id='${id}'>` +
            `<forwarded xmlns='urn:xmpp:forward:0'><delay xmlns='urn:xmpp:delay' stamp='${new Date(Math.floor(at / 1_000) * 1_000).toISOString()}'/>` +
            `<message xmlns='jabber:client' type='${room ? 'groupchat' : 'chat'}' from='${room ? from : `${from}/r`}' to='${to}' id='m-${id}'><body>${body}</body></message>` +
            `</forwarded></result></message>`,
        ),
      );
    }
    const ends = page[0] ? `<first>${page[0].id}</first><last>${page.at(-1)?.id ?? ''}</last>` : '';
    const complete = page.length === found.length ? "complete='true'" : '';
    return {
      ok: true,
      iq: stanza(
        `<iq><fin xmlns='urn:xmpp:mam:2' ${complete}><set xmlns='http://jabber.org/protocol/rsm'>${ends}</set></fin></iq>`,
      ),
    };
  };

  const archive: ScriptedArchive = {
    link: {
      async iq(_type: string, child: Element, options?: { readonly to?: string }): Promise<IqOutcome> {
        const query = child.toString();
        asked.push(query);
        // Answers come in any order, but never at once.
        for (let n = 0; n <= query.length % 3; n++) await new Promise((next) => setImmediate(next));
        if (archive.answers-- <= 0) return failure(archive.end);
        if (archive.late-- > 0) return failure('timeout');
        return archive.refuse ? failure(archive.refuse) : answer(query, options?.to);
      },
    } as unknown as Link,
    entries: [],
    asked,
    refuse: null,
    answers: Infinity,
    end: 'lost',
    late: 0,
    skips: false,
  };
  return archive;
};
