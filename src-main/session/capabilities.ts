import type { SessionContext } from './context';
import type { Element } from '../xmpp/element';
import { digest, isHashName } from '../xmpp/stream/digest';
import { infoGet, parseInfo, type DiscoInfo } from '../xmpp/xep/0030-disco';
import { ownText } from './own-text';
import { ownInfo, parseCaps, verificationString, type Caps } from '../xmpp/xep/0115-capabilities';

/** What the clients of contacts can do, and what they are called (XEP-0115). */
export interface Capabilities {
  /**
   * A resource of a contact is there. Answers its client's name as far as it is known by now; what has to be asked for comes
   * later, through `onKnown`.
   */
  seen(bare: string, resource: string, presence: Element): Promise<string | null>;
  /** A resource that is there is known to do without this. */
  lacks(bare: string, resource: string, feature: string): boolean;
  /** A resource that is there is known to do this. */
  knows(bare: string, resource: string, feature: string): boolean;
  onKnown(run: (bare: string, resource: string, client: string) => void): void;
  wentOffline(): void;
}

/** What is kept of a verified hash. */
interface Known {
  readonly name: string | null;
  readonly features: readonly string[];
}
interface Resource {
  readonly bare: string;
  readonly resource: string;
}

/** Names are shown: short ones only. */
const MAX_NAME = 100;
/** A client has less than a hundred, of some forty characters each; who makes up more fills memory and disk. */
const MAX_FEATURES = 500;
const MAX_FEATURE = 200;
const MAX_TEXT = 20_000;
/** The longest hash that is known (SHA-512) has 88 characters; a node is the address of a page. */
const MAX_VER = 200;
const MAX_NODE = 1_000;
/** Questions under way at once, whatever the number of hashes: a long roster comes in one burst. */
const MAX_QUESTIONS = 4;
/** Others that have the same hash wait; more than this need not, the first that tells the truth answers for all. */
const MAX_WAITING = 50;
/** Hashes whose turn has not come; and questions remembered on one stream. */
const MAX_QUEUE = 2_000;
const MAX_ASKED = 10_000;
/**
 * Who does not answer is asked once more, so much later: Openfire tells of a resource a moment before it takes anything for it.
 * Milliseconds.
 */
const AGAIN_MS = 5_000;
/** Hashes at hand; a contact can have another one with each presence. What goes is on the disk. */
const MAX_KNOWN = 500;
/** Resources whose hash is at hand; of one that has gone from here nothing is known. */
const MAX_RESOURCES = 5_000;

/** The hash of our own features (§5.1). */
export const ownVer = digest('sha-1', verificationString(ownInfo) ?? '');

/** T30: whether an answer is what the hash was made of. One that is not says nothing about others with this hash. */
export const isVerified = (info: DiscoInfo, { hash, ver }: Caps): boolean => {
  const text = verificationString(info);
  return text !== null && isHashName(hash) && digest(hash, text) === ver;
};

const keyOf = ({ hash, ver }: Caps): string => ownText(`${hash}:${ver}`);

/** What waits is not to hold the presence that it stood in. */
const ownCapsOf = ({ hash, node, ver }: Caps): Caps => ({
  hash: ownText(hash),
  node: ownText(node),
  ver: ownText(ver),
});

const knownFrom = (info: DiscoInfo): Known => {
  const features: string[] = [];
  let left = MAX_TEXT;
  for (const feature of info.features.slice(0, MAX_FEATURES)) {
    left -= feature.length;
    if (left < 0) break;
    if (feature.length <= MAX_FEATURE) features.push(ownText(feature));
  }
  const name = info.identities.find((one) => one.name !== '')?.name;
  return { name: name === undefined ? null : ownText(name, MAX_NAME), features };
};

const parseKnown = (text: string): Known | null => {
  try {
    return JSON.parse(text) as Known;
  } catch {
    return null;
  }
};

export const createCapabilities = (
  context: Pick<SessionContext, 'link' | 'store' | 'ports'>,
): Capabilities => {
  const { store } = context;
  const known = new Map<string, Known>();
  /** Of full addresses, the key of the hash that they announced last. */
  const announced = new Map<string, string>();
  /** Hashes that are being asked for: one question each at a time, and who else has it. */
  const waiting = new Map<string, { readonly caps: Caps; readonly resources: Resource[] }>();
  /** Resources that were asked on this stream: one that does not tell the truth is not asked with each presence. */
  const asked = new Set<string>();
  const askedAgain = new Set<string>();
  /** Hashes whose turn has not come. */
  let queue: string[] = [];
  let asking = 0;
  let told: (bare: string, resource: string, client: string) => void = () => undefined;

  const warn = (error: unknown): void => {
    context.ports.log.warn('capabilities', { reason: error instanceof Error ? error.name : 'unknown' });
  };
  const remember = (key: string, found: Known): void => {
    const [oldest] = known.keys();
    if (known.size >= MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    known.set(key, found);
  };
  const settle = async (key: string, found: Known, resources: readonly Resource[]): Promise<void> => {
    remember(key, found);
    const { name } = found;
    if (name !== null) for (const { bare, resource } of resources) told(bare, resource, name);
    await store.putCapabilities(key, JSON.stringify(found));
  };

  /** Asks one after the other of those that have the hash until one tells what it was made of. */
  const ask = async (key: string): Promise<void> => {
    const entry = waiting.get(key);
    const link = context.link();
    while (entry && link && context.link() === link) {
      const one = entry.resources.shift();
      if (!one) break;
      const { caps } = entry;
      const to = `${one.bare}/${one.resource}`;
      const question = ownText(`${key} ${to}`);
      if (asked.has(question)) continue;
      if (asked.size >= MAX_ASKED) break;
      asked.add(question);
      const answer = await link.iq('get', infoGet(`${caps.node}#${caps.ver}`), { to });
      const info = answer.ok ? parseInfo(answer.iq) : null;
      if (!info) {
        if (!askedAgain.has(question)) askLater(question, caps, one);
        continue;
      }
      if (isVerified(info, caps)) {
        await settle(key, knownFrom(info), [one, ...entry.resources]);
        break;
      }
      context.ports.log.warn('capabilities-refused');
    }
    waiting.delete(key);
  };
  const askNext = (): void => {
    while (asking < MAX_QUESTIONS) {
      const key = queue.shift();
      if (key === undefined) return;
      asking += 1;
      ask(key)
        .catch((error: unknown) => {
          waiting.delete(key);
          warn(error);
        })
        .finally(() => {
          asking -= 1;
          askNext();
        });
    }
  };

  const askLater = (question: string, caps: Caps, { bare, resource }: Resource): void => {
    askedAgain.add(question);
    const link = context.link();
    context.ports.clock.after(AGAIN_MS, () => {
      if (context.link() !== link) return;
      asked.delete(question);
      find(caps, bare, resource).then((name) => {
        if (name !== null) told(bare, resource, name);
      }, warn);
    });
  };

  const fromDisk = async (key: string): Promise<Known | null> => {
    const kept = parseKnown((await store.capabilities(key)) ?? 'null');
    if (kept) remember(key, kept);
    return kept;
  };

  /** The name that is known of a hash; where there is none, its turn to be asked for comes. */
  const find = async (caps: Caps, bare: string, resource: string): Promise<string | null> => {
    const key = keyOf(caps);
    const here = known.get(key);
    if (here) return here.name;
    const entry = waiting.get(key);
    if (entry) {
      if (entry.resources.length < MAX_WAITING) entry.resources.push({ bare, resource });
      return null;
    }
    const kept = await fromDisk(key);
    if (kept) return kept.name;
    if (queue.length >= MAX_QUEUE) return null;
    waiting.set(key, { caps: ownCapsOf(caps), resources: [{ bare, resource }] });
    queue.push(key);
    askNext();
    return null;
  };

  const foundOf = (bare: string, resource: string): Known | undefined => {
    const key = announced.get(`${bare}/${resource}`);
    return key === undefined ? undefined : known.get(key);
  };

  return {
    async seen(bare, resource, presence) {
      const caps = parseCaps(presence);
      const full = ownText(`${bare}/${resource}`);
      announced.delete(full);
      // A hash that cannot be verified would have to be asked of everybody.
      if (!caps || resource === '' || !isHashName(caps.hash)) return null;
      if (caps.ver.length > MAX_VER || caps.node.length > MAX_NODE) return null;
      const [oldest] = announced.keys();
      if (announced.size >= MAX_RESOURCES && oldest !== undefined) announced.delete(oldest);
      announced.set(full, keyOf(caps));
      return find(caps, bare, resource);
    },
    lacks: (bare, resource, feature) => foundOf(bare, resource)?.features.includes(feature) === false,
    knows: (bare, resource, feature) => foundOf(bare, resource)?.features.includes(feature) === true,
    onKnown(run) {
      told = run;
    },
    wentOffline() {
      for (const key of queue) waiting.delete(key);
      queue = [];
      asked.clear();
      askedAgain.clear();
    },
  };
};
