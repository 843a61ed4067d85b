import { directionOf } from '../../../src-shared/i18n';
import type { ExportRow } from '../../../src-shared/model/history';
import type { ExportChat, ExportHead, Writer, WriterOptions } from './format';
import { createWhen, type When } from './when';

/** What is said within this time stands under one name. */
const together = 5 * 60_000;

/** The look, light and dark. Its hash is the only style that the page's policy lets in. */
export const exportStyle = `
:root{color-scheme:light dark;--back:#fff;--text:#1c1c1a;--soft:#6b6a66;--line:#e4e2dc;--in:#f2f1ec;--out:#e5effb}
@media(prefers-color-scheme:dark){:root{--back:#191918;--text:#edece7;--soft:#a3a19a;--line:#34332f;--in:#262522;--out:#1d3148}}
body{margin:0 auto;max-width:46rem;padding:2rem 1rem 4rem;background:var(--back);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
h1{font-size:1.4rem;margin:0}h2{font-size:1.2rem;margin:3rem 0 0;padding-bottom:.5rem;border-bottom:1px solid var(--line)}
h3{font-size:.85rem;font-weight:600;text-align:center;color:var(--soft);margin:1.75rem 0 .75rem}
header p,small,time,.note{color:var(--soft);font-size:.85rem;font-weight:400}
nav ul{columns:16rem;padding-inline-start:1.2rem}a{color:inherit}
article{margin:.75rem 0;padding:.5rem .75rem;border-radius:.75rem;background:var(--in);width:fit-content;max-width:85%}
article.out{margin-inline-start:auto;background:var(--out)}
article p{margin:.15rem 0;white-space:pre-wrap;overflow-wrap:anywhere}
@media print{body{max-width:none;padding:0}article{box-decoration-break:clone}p{break-inside:avoid}h2,h3{break-after:avoid}}
`;
/** SHA-256 of it, in base64: no message can bring a style of its own. A test compares the two. */
export const styleHash = '4eYekBJPGEy7m7Cl1l9kXsABK8Sitgv6+AhsymEqK64=';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** For text between tags and in quoted attributes. What HTML has no characters for becomes the sign for that. */
const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '').replace(/[^\P{Cc}\t\n\r]/gu, '\ufffd');

/** A file of its own: no scripts, nothing is loaded from anywhere, nothing that anybody wrote is markup (T13). */
export function htmlWriter(options: WriterOptions): Writer {
  const { t } = options;
  const when = createWhen(options);
  let chats = 0;
  let open = false;
  let day = '';
  let last: ExportRow | null = null;
  let shown: ExportChat = { peer: '', name: '' };

  /** Ends what is still open: the sender's block, the conversation. */
  const endBlock = (): string => {
    const text = last ? '</article>\n' : '';
    last = null;
    return text;
  };
  const endChat = (): string => {
    const text = endBlock() + (open ? '</section>\n' : '');
    open = false;
    return text;
  };
  const row = (next: ExportRow): string => {
    const today = when.key(next.at);
    const newDay = today !== day;
    const goesOn =
      last?.direction === next.direction &&
      last.nick === next.nick &&
      !newDay &&
      Math.abs(next.at - last.at) < together;
    const before = goesOn ? '' : endBlock();
    const heading = newDay ? `<h3>${escaped(when.day(next.at))}</h3>\n` : '';
    day = today;
    last = next;
    const name = next.direction === 'out' ? t('export.me') : next.nick || shown.name;
    const opening = goesOn ? '' : `<article class="${next.direction}"><b><bdi>${escaped(name)}</bdi></b>\n`;
    return before + heading + opening + paragraph(next, t, when);
  };

  return {
    head: (head) => pageHead(head, t, when),
    chat: (chat) => {
      const before = endChat();
      open = true;
      day = '';
      shown = chat;
      const address = chat.name === chat.peer ? '' : ` <small><bdi>${escaped(chat.peer)}</bdi></small>`;
      return `${before}<section>\n<h2 id="chat-${++chats}"><bdi>${escaped(chat.name)}</bdi>${address}</h2>\n`;
    },
    rows: (rows) => rows.map(row).join(''),
    tail: () => `${endChat()}</main>\n</body>\n</html>\n`,
  };
}

function paragraph(row: ExportRow, t: WriterOptions['t'], when: When): string {
  const time = `<time datetime="${new Date(row.at).toISOString()}">${escaped(when.time(row.at))}</time>`;
  const subject = row.subject ? `<strong dir="auto">${escaped(row.subject)}</strong>\n` : '';
  const said = row.retracted
    ? `<span class="note">${escaped(t('export.retracted'))}</span>`
    : `<bdi>${escaped(row.body)}</bdi>`;
  const notes = [
    ...(row.edited ? [t('export.edited')] : []),
    ...(row.delivery === 'failed' ? [t('export.failed')] : []),
  ].map((note) => ` <span class="note">(${escaped(note)})</span>`);
  return `<p dir="auto">${subject}${said} ${time}${notes.join('')}</p>\n`;
}

function pageHead({ account, at, chats }: ExportHead, t: WriterOptions['t'], when: When): string {
  const title = escaped(t('export.title', { account }));
  const language = t('export.language');
  const links = chats.map(
    ({ name }, n) => `<li><a href="#chat-${n + 1}"><bdi>${escaped(name)}</bdi></a></li>`,
  );
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${exportStyle}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<p>${escaped(t('export.made', { date: when.moment(at) }))}</p>
</header>
${chats.length > 1 ? `<nav aria-label="${escaped(t('export.chats'))}"><ul>\n${links.join('\n')}\n</ul></nav>\n` : ''}<main>
`;
}
