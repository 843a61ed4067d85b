import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { ArchivePreferences } from '../../../src-shared/model/history';
import { bareJid } from '../../../src-shared/model/jid';
import type { Element } from '../../xmpp/element';
import type { Link } from '../../xmpp/link';
import { parsePreferences, preferencesGet, preferencesSet } from '../../xmpp/xep/0313-archive';

/** Who is archived at the server (XEP-0313 §6). */
export const readPreferences = (link: Link | null, offered: boolean): Promise<Outcome<ArchivePreferences>> =>
  ask(link, offered, 'get', preferencesGet());

/** The server's answer is what holds: it may refuse parts of what was wished. */
export const writePreferences = async (
  link: Link | null,
  offered: boolean,
  wanted: ArchivePreferences,
): Promise<Outcome<ArchivePreferences>> => {
  const always = bareJids(wanted.always);
  const never = bareJids(wanted.never);
  if (!always || !never) return failed('bad-jid');
  return ask(link, offered, 'set', preferencesSet({ default: wanted.default, always, never }));
};

const bareJids = (texts: readonly string[]): readonly string[] | null => {
  const jids = texts.flatMap((text) => bareJid(text) ?? []);
  return jids.length === texts.length ? jids : null;
};

const ask = async (
  link: Link | null,
  offered: boolean,
  type: 'get' | 'set',
  query: Element,
): Promise<Outcome<ArchivePreferences>> => {
  if (!link) return failed('not-online');
  if (!offered) return failed('not-offered');
  const answer = await link.iq(type, query);
  if (answer.ok) {
    const preferences = parsePreferences(answer.iq);
    return preferences ? ok(preferences) : failed('not-offered');
  }
  const { condition } = answer.error;
  if (condition === 'timeout' || condition === 'lost') return failed('timeout');
  // XEP-0313 §6: a server need not have them.
  const unknown = condition === 'feature-not-implemented' || condition === 'service-unavailable';
  return unknown ? failed('not-offered') : failed('server-refused', { condition });
};
