import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { Message } from '../../../src-shared/model/conversation';
import type { LinkPreview } from '../../../src-shared/model/preview';
import type { PageHead } from '../../ports';
import { safeFileUrl } from '../../xmpp/guards/upload-slot';
import { sha256Hex } from '../../xmpp/stream/digest';
import type { SessionContext } from '../context';
import { keptName } from './fetching';
import type { Kept } from './kept';
import type { Pictures } from './pictures';
import type { FileReach } from './reach';

/**
 * What stands behind links (T17): looked at only where the user wants it, never for strangers, never in networks that are not
 * the internet; a page's head once, its picture as any other picture. Both are kept, and that there is none, so that nobody is
 * asked twice: who asks again tells each time that somebody reads.
 */
export interface Previews {
  of(id: number, url: string): Promise<Outcome<LinkPreview>>;
  /** Messages with these addresses are gone; another one that names the same asks again. */
  forget(links: readonly string[]): Promise<void>;
}

export interface PreviewsParts {
  readonly kept: Kept;
  readonly reach: FileReach;
  readonly pictures: Pick<Pictures, 'linked'>;
  /** Whether what is at an address that this message names may be fetched without asking (T31). */
  mayFetch(message: Message, url: string): Promise<boolean>;
  /** Whether it may lead nowhere but to the own server then. */
  homeOnly(message: Message): Promise<boolean>;
  /** The account is put away. */
  readonly gone: AbortSignal;
}

const MOST_AT_ONCE = 2;
const none: LinkPreview = { is: 'none' };

/** Where it leads further there may be more to see for who may follow. */
const nameOf = (url: string, homeOnly: boolean): string =>
  sha256Hex(`${homeOnly ? 'home page' : 'page'} ${url}`);

/** Where a link may have ended: what closes a sentence is none of it, nor what is written right behind it. */
const readings = (link: string): readonly string[] => {
  const found = new Set<string>();
  for (let url of [link, /^[\x21-\x7e]+/.exec(link)?.[0] ?? link]) {
    found.add(url);
    while (/[^\p{L}\p{N}]$/u.test(url)) found.add((url = url.slice(0, -1)));
  }
  return [...found];
};

export const createPreviews = (context: SessionContext, parts: PreviewsParts): Previews => {
  const { ports, store } = context;
  const { kept, reach } = parts;
  const running = new Map<string, Promise<PageHead | null>>();
  const waiting: (() => void)[] = [];

  /** Of our own making alone: the cache is encrypted, and what was changed in it cannot be read. */
  const remembered = async (name: string): Promise<PageHead | null | undefined> => {
    const bytes = await kept.read(name);
    return bytes ? (JSON.parse(Buffer.from(bytes).toString('utf8')) as PageHead | null) : undefined;
  };
  const keep = (name: string, head: PageHead | null): Promise<void> =>
    kept.write(name, Buffer.from(JSON.stringify(head)));
  const look = async (url: string, name: string, homeOnly: boolean): Promise<PageHead | null> => {
    if (running.size > MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      const request = { url, reach: reach.pages(homeOnly) };
      const head = await ports.transfer.page(request, parts.gone);
      if (head === 'no-line') return null;
      await keep(name, head);
      return head;
    } finally {
      waiting.shift()?.();
    }
  };
  const headOf = async (url: string, name: string, homeOnly: boolean): Promise<PageHead | null> => {
    const known = await remembered(name);
    if (known !== undefined) return known;
    const going = running.get(name) ?? look(url, name, homeOnly).finally(() => running.delete(name));
    running.set(name, going);
    return going;
  };
  const pictureOf = async (
    head: PageHead,
    name: string,
    homeOnly: boolean,
  ): Promise<(LinkPreview & { is: 'card' })['picture']> => {
    if (head.picture === null) return null;
    const found = await parts.pictures.linked(head.picture, homeOnly);
    if (!found.ok && found.error.code !== 'file-network') await keep(name, { ...head, picture: null });
    if (!found.ok || found.value.is !== 'picture') return null;
    const { src, width, height } = found.value;
    return { src, width, height };
  };

  return {
    async of(id, url) {
      const { linkPreviews } = context.settings();
      const message = await store.message(id);
      if (!message) return failed('no-message');
      const named = !message.retracted && message.body.includes(url);
      if (linkPreviews === 'off' || !named || safeFileUrl(url, reach.plain()) === null) return ok(none);
      if (!(await parts.mayFetch(message, url))) return ok(none);
      if (linkPreviews === 'ask') return ok({ is: 'ask' });
      const homeOnly = await parts.homeOnly(message);
      const name = nameOf(url, homeOnly);
      const head = await headOf(url, name, homeOnly);
      if (!head) return ok(none);
      const { title, text } = head;
      const picture = await pictureOf(head, name, homeOnly);
      return ok({ is: 'card', host: new URL(url).host, title, text, picture });
    },
    async forget(links) {
      for (const url of links.flatMap(readings)) {
        for (const name of [nameOf(url, false), nameOf(url, true)]) {
          const picture = (await remembered(name))?.picture ?? null;
          if (picture !== null) await kept.remove(keptName({ url: picture }));
          await kept.remove(name);
        }
      }
    },
  };
};
