/** What is read of a message, and how it becomes one. */
import type { Delivery, Message, MessageKind, Moderated } from '../../../src-shared/model/conversation';
import type { SharedFile } from '../../../src-shared/model/file';
import { newestFirst } from './newest-first';
import { quotedBy, toQuoted } from './replies';
import { readBy } from './room-readers';

export interface MessageRow {
  readonly id: number;
  readonly peer: string;
  readonly direction: 'in' | 'out';
  readonly kind: MessageKind;
  readonly subject: string | null;
  readonly body: string;
  readonly at: number;
  readonly edited: number;
  readonly retracted: number;
  readonly unstyled: number;
  readonly nick: string | null;
  readonly author: string | null;
  readonly mention: number;
  readonly file: string | null;
  readonly reply_id: string | null;
  readonly reply_words: string | null;
  readonly quoted: string | null;
  readonly spoiler: string | null;
  readonly pinned_at: number | null;
  readonly moderated: string | null;
  readonly editable: number;
  readonly correctable: number;
  readonly retractable: number;
  readonly reactable: number;
  readonly own_reactions: string | null;
  readonly others_reactions: string | null;
  readonly changing: number;
  readonly edited_at: number | null;
  readonly read_by: string | null;
  readonly change_condition: string | null;
  readonly change_text: string | null;
  readonly delivery: Delivery | null;
  readonly error_condition: string | null;
  readonly error_text: string | null;
}
/** Of `messages m`: what others know it by; in a room that is the room's own id for it (XEP-0444 §4.2). */
export const knownBy = `iif(m.nick IS NULL, m.message_id, m.stanza_id)`;
/** Of `messages m`: others can be told something of it. */
export const known = `m.kind = 'chat' AND m.retracted = 0 AND ${knownBy} IS NOT NULL AND m.delivery IS NOT 'failed'`;

/** Of `messages m`: one of ours that can be taken back. */
export const retractable = `m.direction = 'out' AND ${known}`;
/** Of `messages m`: one of ours that can be corrected; in a room too that goes by the id that we gave it (XEP-0308 §4). */
export const correctable = `m.direction = 'out' AND m.kind = 'chat' AND m.retracted = 0 AND m.message_id IS NOT NULL
  AND m.delivery IS NOT 'failed'`;

/** So many of those who think something of a message are told of. */
const maxReactors = 200;
/** What we think of it (XEP-0444): the last word counts. */
const ownReactions = `(SELECT a.body FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
    WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'out' AND a.error_condition IS NULL
    ORDER BY ${newestFirst} LIMIT 1)`;
/** The same of others, of each the last: one in a chat, everybody in a room, known by the room's id for the person or his nick. */
const othersReactions = `iif(EXISTS (SELECT 1 FROM amendments a WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'in'),
    (SELECT json_group_array(json_object('nick', r.nick, 'emojis', json(r.body))) FROM
      (SELECT a.id, a.nick, a.body, row_number() OVER (PARTITION BY coalesce(a.occupant_id, a.nick) ORDER BY ${newestFirst}) AS turn
         FROM amendments a LEFT JOIN archive_pages p ON p.id = a.page
         WHERE a.message = m.id AND a.kind = 'react' AND a.direction = 'in' ORDER BY a.id) r
      WHERE r.turn = 1 AND r.body IS NOT NULL AND r.body <> '[]' LIMIT ${maxReactors}), NULL)`;

/** A change of ours of it: those that failed come first, in the order in which they were made. */
const failedChange = (column: string): string =>
  `iif(m.direction = 'out', (SELECT a.${column} FROM amendments a
     WHERE a.message = m.id AND a.kind <> 'react' AND a.error_condition IS NOT NULL ORDER BY a.entry LIMIT 1), NULL)`;

/** Who took it back in a room, where that was not its author, and why (XEP-0425). */
const moderated = `iif(m.retracted AND m.nick IS NOT NULL, (SELECT json_object('by', nullif(a.nick, ''), 'reason', a.reason)
    FROM amendments a WHERE a.message = m.id AND a.kind = 'retract' AND a.nick IS NOT NULL AND a.author IS NULL LIMIT 1), NULL)`;

/** Of `messages m`. */
export const messageColumns = `m.id, m.peer, m.direction, m.kind, m.subject, m.body, m.at, m.edited, m.retracted, m.unstyled,
  m.nick, iif(m.direction = 'in', coalesce('occupant:' || m.occupant_id, m.author), NULL) AS author, m.mention, iif(m.edited OR m.retracted, NULL, m.file) AS file,
  m.reply_id, m.reply_words, ${quotedBy} AS quoted, m.spoiler, m.pinned_at, ${moderated} AS moderated,
  m.delivery, m.error_condition, m.error_text,
  (m.delivery IS 'waiting'
    AND EXISTS (SELECT 1 FROM outbox o WHERE o.message = m.id AND o.amendment IS NULL AND o.written = 0)) AS editable,
  iif(m.edited, (SELECT max(a.at) FROM amendments a WHERE a.message = m.id AND a.kind = 'correct' AND a.body IS NOT NULL), NULL) AS edited_at,
  (${correctable}) AS correctable, (${retractable} AND m.delivery IS NOT 'waiting') AS retractable, (${known}) AS reactable,
  ${ownReactions} AS own_reactions, ${othersReactions} AS others_reactions, ${readBy} AS read_by,
  (m.direction = 'out' AND EXISTS (SELECT 1 FROM outbox o JOIN amendments a ON a.id = o.amendment
    WHERE o.message = m.id AND a.kind <> 'react')) AS changing,
  ${failedChange('error_condition')} AS change_condition, ${failedChange('error_text')} AS change_text`;

/** As they are kept: lists in JSON. */
const reactions = (kept: string | null, others: string | null): Pick<Message, 'reactions'> => {
  const own = kept === null ? [] : (JSON.parse(kept) as string[]);
  const said = others === null ? [] : (JSON.parse(others) as { nick: string | null; emojis: string[] }[]);
  if (own.length + said.length === 0) return {};
  return {
    reactions: {
      own,
      others: said.map(({ nick, emojis }) => ({ ...(nick === null ? {} : { nick }), emojis })),
    },
  };
};

export function toMessage(row: MessageRow): Message {
  const { id, peer, direction, kind, subject, body, at, delivery } = row;
  const { error_condition: condition, change_condition: refused } = row;
  // Named one by one: to take out of a row all but what is given is slower than to read the row.
  return {
    ...{ id, peer, direction, kind, subject, body, at, delivery },
    edited: row.edited === 1,
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    retracted: row.retracted === 1,
    ...(row.unstyled === 1 ? { unstyled: true } : {}),
    ...(row.nick === null ? {} : { nick: row.nick }),
    ...(row.author === null ? {} : { author: row.author }),
    ...(row.mention === 1 ? { mention: true } : {}),
    ...(row.file === null ? {} : { file: JSON.parse(row.file) as SharedFile }),
    ...(row.reply_id === null ? {} : { reply: replyOf(row) }),
    ...(row.spoiler === null ? {} : { spoiler: row.spoiler }),
    ...(row.moderated === null ? {} : { moderated: JSON.parse(row.moderated) as Moderated }),
    ...(row.pinned_at === null ? {} : { pinned: true }),
    editable: row.editable === 1,
    ...(row.correctable === 1 ? { correctable: true } : {}),
    ...(row.retractable === 1 ? { retractable: true } : {}),
    ...(row.reactable === 1 ? { reactable: true } : {}),
    ...reactions(row.own_reactions, row.others_reactions),
    ...(row.read_by === null ? {} : { readBy: JSON.parse(row.read_by) as string[] }),
    ...(refused !== null
      ? { change: { error: { condition: refused, text: row.change_text } } }
      : row.changing === 1
        ? { change: { error: null } }
        : {}),
    error: condition === null ? null : { condition, text: row.error_text },
  };
}

const replyOf = ({ quoted, reply_words: words }: MessageRow): NonNullable<Message['reply']> =>
  quoted === null ? { quoted, words } : { quoted: toQuoted(quoted), words: null };
