import type { StanzaError } from '../../xmpp/link';
import type { RoomPresence } from '../../xmpp/xep/0045-muc';
import type { RoomParts } from './one-room';
import type { RoomSelf } from './room-self';
import type { RoomInput } from './room-state';

export interface PresenceParts {
  readonly room: Pick<RoomParts, 'event' | 'came'>;
  apply(input: RoomInput): void;
  refused(error: StanzaError): void;
  /** The room has said that we are in it. */
  entered(created: boolean): void;
}

/** What the presences of a room say: who is in it, that we are, and how somebody went (XEP-0045 §7.1, §7.6, §8.2, §9.1). */
export const createPresences = (
  self: RoomSelf,
  { room, apply, refused, entered }: PresenceParts,
): ((presence: RoomPresence) => void) => {
  const takeUnavailable = (presence: RoomPresence, isOwn: boolean): void => {
    const { nick, codes, nextNick } = presence;
    const renamed = codes.has(303) && nextNick !== null;
    const was = self.occupants.remove(nick, ...(renamed ? [nextNick] : []));
    if (renamed) {
      // T10: whoever goes on under another nick is seen to.
      if (self.inside) room.event(isOwn ? 'own-nick' : 'renamed', nick, nextNick);
      if (isOwn) self.keep({ nick: nextNick });
      return;
    }
    if (isOwn) {
      if (self.state.status.is !== 'joined' && !self.inside) return;
      self.inside = false;
      apply({ is: 'removed', by: presence });
      const { status } = self.state;
      if (status.is === 'out' && status.why !== 'left') room.event(status.why, '', status.reason ?? '');
      return;
    }
    // Openfire tells it twice to whoever did it.
    if (!was) return;
    if (codes.has(301)) room.event('banned', nick, presence.reason ?? '');
    else if (codes.has(307) && !codes.has(333)) room.event('kicked', nick, presence.reason ?? '');
  };
  const takeAvailable = (presence: RoomPresence, isOwn: boolean): void => {
    const { nick, jid, role, affiliation, kind, status, codes } = presence;
    const { info } = self;
    const hats = info.hats === null ? [] : (presence.hats[info.hats] ?? []);
    const id = info.occupantIds ? presence.occupantId : null;
    const isNew = self.occupants.find(nick) === null;
    self.occupants.put(
      { nick, jid, role, affiliation, kind, status, ...(hats.length > 0 ? { hats } : {}) },
      id,
    );
    if (!isOwn && isNew) room.came(nick);
    if (!isOwn) return;
    self.own = { role, affiliation };
    self.occupantId = id;
    if (nick !== self.row.nick) self.keep({ nick });
    if (self.state.status.is === 'joining' && self.asked && !self.inside) entered(codes.has(201));
    else self.tell();
  };

  return (presence) => {
    const isOwn = presence.codes.has(110) || presence.nick === self.row.nick;
    if (presence.type === 'error') {
      const { error } = presence;
      if (error && (isOwn || presence.nick === '')) refused(error);
    } else if (presence.type === 'unavailable') takeUnavailable(presence, isOwn);
    else takeAvailable(presence, isOwn);
  };
};
