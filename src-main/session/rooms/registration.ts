import { done, failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { RoomRegistered, RoomRegistration } from '../../../src-shared/model/room-registration';
import type { Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Link } from '../../xmpp/link';
import { submitForm } from '../../xmpp/xep/0004-forms';
import {
  filledForm,
  parseRegistration,
  registrationRemove,
  registrationSet,
  type Registration,
} from '../../xmpp/xep/0045-register';
import { registerGet } from '../../xmpp/xep/0077-password';
import type { SessionContext } from '../context';
import type { OneRoom } from './one-room';

/** Becoming a member of a room, or having a name in it for oneself (XEP-0045 §7.10). */
export interface Registering {
  /** What the room asks; of somebody who is in it already its service, where the room itself keeps no names. */
  ask(room: string): Promise<Outcome<RoomRegistration>>;
  /** With the values of the form that was asked for last, by their fields. */
  register(
    room: string,
    values: Readonly<Record<string, readonly string[]>>,
  ): Promise<Outcome<RoomRegistered>>;
  /** Others may have the name again; whoever is a member by that is none any more. */
  giveBack(room: string): Promise<Outcome<null>>;
}

export interface RegisteringParts {
  room(jid: string): OneRoom | undefined;
  /** How we are called where nothing else is said. */
  ownNick(): string;
}

const ASK_MS = 10_000;

const askAt = async (link: Link, to: string): Promise<Outcome<Registration>> => {
  const answer = await link.iq('get', registerGet(), { to, timeoutMs: ASK_MS });
  if (!answer.ok) return failed('server-refused', { condition: answer.error.condition });
  const asked = parseRegistration(answer.iq);
  return asked ? ok(asked) : failed('not-offered');
};

/** Whether somebody whom a room did not let in can ask it to be a member. */
export const takesMembers = async (link: Link, room: string): Promise<boolean> => {
  const asked = await askAt(link, room);
  return asked.ok && asked.value.form !== null && !asked.value.registered;
};

export const createRegistering = (
  context: Pick<SessionContext, 'link'>,
  parts: RegisteringParts,
): Registering => {
  /** The form that was shown last; what else is in it goes back as it came. */
  let shown: {
    readonly link: Link;
    readonly jid: string;
    readonly to: string;
    readonly form: Element;
  } | null = null;
  /** The room, or in its place its service: whichever keeps names. */
  const find = async (link: Link, jid: string): Promise<Outcome<Registration & { readonly to: string }>> => {
    const atRoom = await askAt(link, jid);
    if (atRoom.ok) return ok({ ...atRoom.value, to: jid });
    const service = jid.slice(jid.indexOf('@') + 1);
    const atService = parts.room(jid)?.inside ? await askAt(link, service) : atRoom;
    return atService.ok ? ok({ ...atService.value, to: service }) : atRoom;
  };
  return {
    async ask(jid) {
      const link = context.link();
      if (!link) return failed('not-online');
      const found = await find(link, jid);
      if (!found.ok) return found;
      const { form, registered, nick, to } = found.value;
      if (form) shown = { link, jid, to, form };
      return ok({
        form: form && filledForm(form, parts.room(jid)?.nick ?? parts.ownNick()),
        ...{ registered, nick, service: to === jid ? null : to },
      });
    },
    async register(jid, values) {
      const link = context.link();
      if (!link) return failed('not-online');
      // Another form, or none: nobody knows what the values mean.
      if (shown?.jid !== jid || shown.link !== link) return failed('changed-elsewhere');
      const { to, form } = shown;
      const clean = Object.fromEntries(
        Object.entries(values).map(([name, all]) => [name, all.map((value) => xmlText(value))]),
      );
      const set = await link.iq('set', registrationSet(submitForm(form, clean)), { to });
      if (!set.ok)
        return failed('server-refused', { condition: set.error.condition, text: set.error.text ?? '' });
      // §7.10: whether it is an owner's turn now, the answer does not say.
      const now = await askAt(link, to);
      return ok(now.ok && now.value.registered ? 'registered' : 'waiting');
    },
    async giveBack(jid) {
      const link = context.link();
      if (!link) return failed('not-online');
      const found = await find(link, jid);
      if (!found.ok) return found;
      const { registered, to } = found.value;
      if (!registered) return done;
      const gone = await link.iq('set', registrationRemove(), { to });
      return gone.ok
        ? done
        : failed('server-refused', { condition: gone.error.condition, text: gone.error.text ?? '' });
    },
  };
};
