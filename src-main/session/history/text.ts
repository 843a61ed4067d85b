import type { ExportChat, Writer, WriterOptions } from './format';
import { createWhen } from './when';

/** Everything that a program may take for the end of a line. */
const lineEnd = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;
const oneLine = (text: string): string => text.split(lineEnd).join(' ');

/**
 * Plain text: a line for each message. Further lines of a message are indented, so that none of them can pass for a message
 * of its own.
 */
export function textWriter(options: WriterOptions): Writer {
  const { t } = options;
  const when = createWhen(options);
  let shown: ExportChat = { peer: '', name: '' };
  let day = '';
  return {
    head: ({ account, at }) => `${oneLine(t('export.title', { account }))}\n${when.moment(at)}\n`,
    chat: (chat) => {
      shown = chat;
      day = '';
      const { name, peer } = chat;
      return `\n\n===== ${oneLine(name === peer ? peer : `${name} (${peer})`)} =====\n`;
    },
    rows: (rows) =>
      rows
        .map((row) => {
          const today = when.key(row.at);
          const heading = today === day ? '' : `\n--- ${when.day(row.at)} ---\n`;
          day = today;
          const sender = row.direction === 'out' ? t('export.me') : oneLine(row.nick || shown.name);
          const notes = [
            ...(row.edited ? [t('export.edited')] : []),
            ...(row.delivery === 'failed' ? [t('export.failed')] : []),
          ];
          const said = row.retracted ? `(${t('export.retracted')})` : row.body;
          const lines = [...(row.subject ? [row.subject] : []), said].join('\n').split(lineEnd);
          const tail = notes.length > 0 ? ` (${notes.join(', ')})` : '';
          return `${heading}[${when.time(row.at)}] ${sender}: ${lines.join('\n        ')}${tail}\n`;
        })
        .join(''),
    tail: () => '',
  };
}
