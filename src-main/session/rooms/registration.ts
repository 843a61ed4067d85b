import { failed, ok, type Outcome } from '../../../src-shared/ipc/errors';
import type { RoomRegistered, RoomRegistration } from '../../../src-shared/model/room-registration';
import type { Element } from '../../xmpp/element';
import { xmlText } from '../../xmpp/guards/xml-text';
import type { Link } from '../../xmpp/link';
import { submitForm } from '../../xmpp/xep/0004-forms';
import {
  filledForm,
  parseRegistration,
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
  return {
    async ask(jid) {
      const link = context.link();
      if (!link) return failed('not-online');
      const room = parts.room(jid);
      const service = jid.slice(jid.indexOf('@') + 1);
      const atRoom = await askAt(link, jid);
      const atService = atRoom.ok || !room?.inside ? null : await askAt(link, service);
      const asked = atService?.ok ? atService : atRoom;
      if (!asked.ok) return asked;
      const { form, registered, nick } = asked.value;
      const isWide = asked === atService;
      if (form) shown = { link, jid, to: isWide ? service : jid, form };
      return ok({
        form: form && filledForm(form, room?.nick ?? parts.ownNick()),
        ...{ registered, nick, service: isWide ? service : null },
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
  };
};
