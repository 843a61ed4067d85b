import { calledIn } from '../../src-shared/model/mentions';
import type { Element } from '../xmpp/element';
import { mentionElements } from '../xmpp/xep/0372-references';

const points = (text: string): number => [...text].length;

/**
 * Who in a room is called by a text (XEP-0372), by their addresses in the room.
 *
 * @param before what stands in front of the text in the body
 */
export const mentionsOf = (
  room: string,
  nicks: ReadonlySet<string>,
  text: string,
  before: string,
): readonly Element[] =>
  mentionElements(
    calledIn(text, nicks).map(({ nick, start, end }) => {
      const begin = points(before) + points(text.slice(0, start));
      return { begin, end: begin + points(text.slice(start, end)), jid: `${room}/${nick}` };
    }),
  );
