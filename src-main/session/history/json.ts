import type { ExportRow } from '../../../src-shared/model/history';
import type { Writer } from './format';

/** docs/history-export.md: raised when a reader of this version would misunderstand a file. */
const version = 1;

/** One JSON object; each message stands on a line of its own. */
export function jsonWriter(): Writer {
  let account = '';
  let open = false;
  let chats = 0;
  let messages = 0;
  const close = (): string => {
    const text = open ? '\n]}' : '';
    open = false;
    return text;
  };
  const message = (row: ExportRow): string =>
    JSON.stringify({
      at: new Date(row.at).toISOString(),
      from: row.direction === 'out' ? account : row.nick ? `${row.peer}/${row.nick}` : row.peer,
      direction: row.direction,
      kind: row.kind,
      ...(row.subject === null ? {} : { subject: row.subject }),
      body: row.body,
      ...(row.delivery === null ? {} : { delivery: row.delivery }),
      ...(row.edited ? { edited: true } : {}),
      ...(row.retracted ? { retracted: true } : {}),
    });
  return {
    head: (head) => {
      account = head.account;
      const exported = new Date(head.at).toISOString();
      const known = JSON.stringify({ format: 'flint-history', version, account, exported });
      return `${known.slice(0, -1)},"chats":[`;
    },
    chat: (chat) => {
      const before = close();
      open = true;
      messages = 0;
      return `${before}${chats++ > 0 ? ',' : ''}\n${JSON.stringify(chat).slice(0, -1)},"messages":[`;
    },
    rows: (rows) => rows.map((row) => `${messages++ > 0 ? ',' : ''}\n${message(row)}`).join(''),
    tail: () => `${close()}\n]}\n`,
  };
}
