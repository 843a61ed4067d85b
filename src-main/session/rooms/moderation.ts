import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import { bareJid, parseJid } from '../../../src-shared/model/jid';
import type { Affiliation, Role } from '../../../src-shared/model/room';
import type { AffiliationEntry, AffiliationList } from '../../../src-shared/model/room-powers';
import { attr, type Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Link } from '../../xmpp/link';
import { affiliationsGet, parseAffiliations } from '../../xmpp/xep/0045-affiliations';
import { setAffiliation, setRole } from '../../xmpp/xep/0045-muc';
import { parseVoiceRequest, voiceRequest } from '../../xmpp/xep/0045-voice';
import { readId } from '../../xmpp/xep/0359-stanza-ids';
import { parseError } from '../../xmpp/xep/6120-stanza-error';
import { messageType } from '../../xmpp/xep/6121-message';
import type { SessionContext } from '../context';
import type { OneRoom } from './one-room';

/** What moderators, admins and owners do with those in a room (XEP-0045 §8, §9, §10), and who asks them to. */
export interface Moderation {
  setRole(room: string, nick: string, role: Role, reason: string | null): Promise<Outcome<null>>;
  setAffiliation(
    room: string,
    jid: string,
    affiliation: Affiliation,
    reason: string | null,
  ): Promise<Outcome<null>>;
  list(room: string, of: AffiliationList): Promise<Outcome<readonly AffiliationEntry[]>>;
  /** §7.13: the moderators are asked to let us speak. `no-voice-requests` where the room passes nothing on to them. */
  askVoice(room: string): Promise<Outcome<null>>;
  /** Nicks of those who ask for voice, the first one first. */
  asking(room: string): readonly string[];
  /** The request stays as it is, and out of sight. */
  passOver(room: string, nick: string): Promise<Outcome<null>>;
  /** True: the message was a request for voice, or a room's refusal of ours, and means nothing else. */
  take(message: Element): boolean;
}

/** More ask at once only where somebody means harm: the oldest go. */
const MOST_ASKING = 20;
/** A room that passes a request on says nothing; one that does not says so at once, as Openfire 4.2. */
const REFUSAL_MS = 3_000;
const UNKNOWN = ['bad-request', 'feature-not-implemented', 'service-unavailable'];

export const createModeration = (
  context: SessionContext,
  room: (jid: string) => OneRoom | undefined,
): Moderation => {
  const asking = new Map<string, readonly string[]>();
  /** Requests of ours that may still be refused, by their ids. */
  const asked = new Map<string, { readonly jid: string; refused(condition: string): void }>();
  const there = (jid: string): Outcome<{ readonly link: Link; readonly room: OneRoom }> => {
    const link = context.link();
    const found = room(jid);
    if (!link) return failed('not-online');
    return found?.inside ? ok({ link, room: found }) : failed('no-room');
  };
  const set = async (jid: string, query: Element): Promise<Outcome<null>> => {
    const ready = there(jid);
    if (!ready.ok) return ready;
    const answer = await ready.value.link.iq('set', query, { to: jid });
    return answer.ok ? done : failed('server-refused', { condition: answer.error.condition });
  };
  const clean = (reason: string | null): string | null =>
    reason === null ? null : xmlText(reason).trim() || null;
  const forget = (jid: string, nick: string): void => {
    const left = (asking.get(jid) ?? []).filter((one) => one !== nick);
    if (left.length > 0) asking.set(jid, left);
    else asking.delete(jid);
    room(jid)?.retell();
  };

  return {
    async setRole(jid, nick, role, reason) {
      const answer = await set(jid, setRole(nick, role, clean(reason)));
      if (answer.ok) forget(jid, nick);
      return answer;
    },
    setAffiliation(jid, who, affiliation, reason) {
      const address = parseJid(who);
      if (!address || address.resource !== null) return Promise.resolve(failed('bad-jid'));
      return set(jid, setAffiliation(address.bare, affiliation, clean(reason)));
    },
    async list(jid, of) {
      const ready = there(jid);
      if (!ready.ok) return ready;
      const answer = await ready.value.link.iq('get', affiliationsGet(of), { to: jid });
      return answer.ok
        ? ok(parseAffiliations(answer.iq, of))
        : failed('server-refused', { condition: answer.error.condition });
    },
    async askVoice(jid) {
      const ready = there(jid);
      if (!ready.ok) return ready;
      const { clock, random } = context.ports;
      const id = random.id();
      const condition = await new Promise<string | null>((settle) => {
        const timer = clock.after(REFUSAL_MS, () => {
          settle(null);
        });
        asked.set(id, {
          jid,
          refused(why) {
            timer.cancel();
            settle(why);
          },
        });
        ready.value.link.send(voiceRequest(jid, id));
      });
      asked.delete(id);
      if (condition === null) return done;
      return UNKNOWN.includes(condition)
        ? failed('no-voice-requests')
        : failed('server-refused', { condition });
    },
    // Whoever can speak by now, or is gone, asks no longer.
    asking: (jid) =>
      (asking.get(jid) ?? []).filter((nick) => room(jid)?.occupants.find(nick)?.role === 'visitor'),
    passOver(jid, nick) {
      forget(jid, nick);
      return Promise.resolve(done);
    },
    take(message) {
      if (messageType(message) === 'error') {
        const ours = asked.get(readId(message) ?? '');
        if (!ours || ours.jid !== bareJid(attr(message, 'from') ?? '')) return false;
        ours.refused(parseError(message).condition);
        return true;
      }
      const request = parseVoiceRequest(message);
      if (!request) return false;
      const found = room(request.room);
      if (!found?.inside || found.shown().role !== 'moderator') return true;
      const before = (asking.get(request.room) ?? []).filter((nick) => nick !== request.nick);
      asking.set(request.room, [...before, request.nick].slice(-MOST_ASKING));
      found.retell();
      return true;
    },
  };
};
