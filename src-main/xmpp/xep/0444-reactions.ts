/** Message reactions, XEP-0444. */
import { child, children, xml, type Element } from '../element';
import { delayed } from './0203-delay';
import { storeHint } from './0334-hints';
import { originId, readId } from './0359-stanza-ids';
import { fallbackFor } from './0428-fallback';

export const REACTIONS = 'urn:xmpp:reactions:0';

/** Nobody means more than this by one message; and one emoji is no longer, with all that is joined to it (T13). */
export const MAX_REACTIONS = 20;
const MAX_LENGTH = 40;

/** What emoji are made of; one that is newer than our tables is a pictograph all the same. */
const parts = /^(?:\p{Extended_Pictographic}|\p{Emoji}|\p{Emoji_Component})+$/u;
const core = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u{20e3}]/u;
const segments = new Intl.Segmenter();

/** §3.3: one emoji, and nothing else. */
export const isReaction = (text: string): boolean =>
  text.length <= MAX_LENGTH &&
  parts.test(text) &&
  core.test(text) &&
  [...segments.segment(text)].length === 1;

/** Which message, and all that its sender thinks of it by now (§3.2); null when it is about none. */
export const parseReactions = (
  message: Element,
): { readonly id: string; readonly emojis: readonly string[] } | null => {
  const reactions = child(message, 'reactions', REACTIONS);
  const id = readId(reactions);
  if (!reactions || id === null) return null;
  const given = children(reactions, 'reaction', REACTIONS).map((one) => one.getText().trim());
  return { id, emojis: [...new Set(given.filter(isReaction))].slice(0, MAX_REACTIONS) };
};

/**
 * All that we think by now of the message that others know by the id `target`; in a room that is the room's id for it (§4.2).
 *
 * @param resent when it went before, whose it is and when it was written (XEP-0203)
 * @param readable what stands there for those who know nothing of reactions (XEP-0428)
 */
export const reactionsTo = (
  to: string,
  id: string,
  target: string,
  emojis: readonly string[],
  {
    resent = null,
    readable = null,
    type = 'chat',
  }: {
    readonly resent?: { readonly from: string; readonly at: number } | null;
    readonly readable?: string | null;
    readonly type?: 'chat' | 'groupchat';
  } = {},
): Element =>
  xml(
    'message',
    { to, id, type },
    ...(readable === null ? [] : [xml('body', {}, readable), fallbackFor(REACTIONS)]),
    xml('reactions', { xmlns: REACTIONS, id: target }, ...emojis.map((emoji) => xml('reaction', {}, emoji))),
    originId(id),
    storeHint(),
    resent && delayed(resent.from, resent.at),
  );
