import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { createWriter, type Writer } from '../../../src-main/session/history/format';
import { exportStyle, styleHash } from '../../../src-main/session/history/html';
import { createTranslator, type Locale } from '../../../src-shared/i18n';
import type { ExportFormat, ExportRow } from '../../../src-shared/model/history';
import { payloads } from '../../security/payloads';

const juliet = 'juliet@example.org';
const romeo = 'romeo@example.org';
const noon = Date.UTC(2026, 0, 5, 12);

const row = (more: Partial<ExportRow> = {}): ExportRow => ({
  id: 1,
  peer: romeo,
  direction: 'in',
  kind: 'chat',
  subject: null,
  body: 'But soft',
  at: noon,
  delivery: null,
  edited: false,
  retracted: false,
  ...more,
});

const written = (
  format: ExportFormat,
  rows: readonly ExportRow[],
  { name = 'Romeo', locale = 'en' }: { readonly name?: string; readonly locale?: Locale } = {},
): string => {
  const writer: Writer = createWriter(format, { t: createTranslator(locale), timeZone: 'UTC' });
  const chat = { peer: romeo, name };
  const head = writer.head({ account: juliet, at: noon, chats: [chat] });
  // In two pages: what is open at the end of one goes on in the next.
  return (
    head + writer.chat(chat) + writer.rows(rows.slice(0, 1)) + writer.rows(rows.slice(1)) + writer.tail()
  );
};

/** The elements of a page (which is well-formed XML but for its empty elements), and the text of each message. */
const parsed = (html: string) => {
  const elements: string[] = [];
  const bodies: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    elements.push([tag.name, ...Object.keys(tag.attributes)].join(' '));
    open.push(tag.name);
    if (tag.name === 'bdi' && open.at(-2) === 'p') bodies.push('');
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    if (open.at(-1) === 'bdi' && open.at(-2) === 'p') bodies.push((bodies.pop() ?? '') + text);
  });
  const xml = html
    .replace('<!doctype html>\n', '')
    .replace(/<meta ([^>]*)>/g, '<meta $1/>')
    .replaceAll('&#39;', '&apos;');
  parser.write(xml).close();
  return { elements, bodies };
};

describe('an exported page', () => {
  const plain = parsed(written('html', [row(), row({ body: 'x' })])).elements;

  it.each(payloads)('T13 holds what others wrote as text alone: %s', (payload) => {
    const seen = payload.replaceAll('\0', '\ufffd');
    const { elements, bodies } = parsed(written('html', [row({ body: payload }), row({ body: 'x' })]));
    expect(elements).toEqual(plain);
    expect(bodies).toEqual([seen, 'x']);
    const named = parsed(written('html', [row({ subject: payload }), row()], { name: payload })).elements;
    const known = parsed(written('html', [row({ subject: 'x' }), row()], { name: 'x' })).elements;
    expect(named).toEqual(known);
  });

  it('T13 runs nothing and loads nothing: its policy lets in its own style alone', () => {
    const html = written('html', [row()]);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`,
    );
    expect(createHash('sha256').update(exportStyle).digest('base64')).toBe(styleHash);
    expect(html).toContain(`<style>${exportStyle}</style>`);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
    expect(plain.filter((name) => /^(?:script|link|img|iframe|object|embed|form|base)/.test(name))).toEqual(
      [],
    );
  });

  it('groups by day and by who speaks', () => {
    const html = written('html', [
      row({ body: 'one' }),
      row({ body: 'two', at: noon + 60_000 }),
      row({ body: 'three', direction: 'out', at: noon + 90_000 }),
      row({ body: 'four', at: noon + 86_400_000 }),
    ]);
    expect(
      html.match(/<h3>.*?<\/h3>|<article[^>]*>|<p .*?<\/p>/g)?.map((part) => part.replace(/<time.*/, '')),
    ).toEqual([
      '<h3>Monday, January 5, 2026</h3>',
      '<article class="in">',
      '<p dir="auto"><bdi>one</bdi> ',
      '<p dir="auto"><bdi>two</bdi> ',
      '<article class="out">',
      '<p dir="auto"><bdi>three</bdi> ',
      '<h3>Tuesday, January 6, 2026</h3>',
      '<article class="in">',
      '<p dir="auto"><bdi>four</bdi> ',
    ]);
  });

  it('says what was changed, taken back or not sent, in the language of the app', () => {
    const rows = [
      row({ edited: true }),
      row({ retracted: true, body: '' }),
      row({ direction: 'out', delivery: 'failed' }),
    ];
    const html = written('html', rows, { locale: 'zh-CN' });
    expect(html).toContain('<html lang="zh-CN" dir="ltr">');
    for (const word of ['已编辑', '此消息已撤回。', '未发送', '2026年1月5日']) expect(html).toContain(word);
    parsed(html);
  });
});

describe('exported data', () => {
  it('is one JSON object with every detail, in whatever pages it was written', () => {
    const rows = [
      row({ body: 'line\n"quoted" \u2028 \ud800', edited: true }),
      row({ direction: 'out', delivery: 'read', subject: 'S', kind: 'normal' }),
    ];
    expect(JSON.parse(written('json', rows))).toEqual({
      format: 'flint-history',
      version: 1,
      account: juliet,
      exported: '2026-01-05T12:00:00.000Z',
      chats: [
        {
          peer: romeo,
          name: 'Romeo',
          messages: [
            {
              at: '2026-01-05T12:00:00.000Z',
              from: romeo,
              direction: 'in',
              kind: 'chat',
              body: 'line\n"quoted" \u2028 \ud800',
              edited: true,
            },
            {
              at: '2026-01-05T12:00:00.000Z',
              from: juliet,
              direction: 'out',
              kind: 'normal',
              subject: 'S',
              body: 'But soft',
              delivery: 'read',
            },
          ],
        },
      ],
    });
  });

  it('is whole without any conversation, and with empty ones', () => {
    const writer = createWriter('json', { t: createTranslator('en') });
    const head = { account: juliet, at: noon, chats: [] };
    expect(JSON.parse(writer.head(head) + writer.tail())).toMatchObject({ chats: [] });
    const chat = { peer: romeo, name: romeo };
    const again = createWriter('json', { t: createTranslator('en') });
    const text = again.head(head) + again.chat(chat) + again.chat(chat) + again.tail();
    expect(JSON.parse(text)).toMatchObject({ chats: [{ messages: [] }, { messages: [] }] });
  });
});

describe('exported text', () => {
  it('has a line for each message, and none that a message could forge', () => {
    const ends = ['\n', '\r', '\r\n', '\u2028', '\u2029', '\u0085', '\v', '\f'];
    const forged = '[12:01] Me: I owe you';
    const rows = [
      row({ body: `first${ends.map((end) => end + forged).join('')}` }),
      row({ direction: 'out' }),
    ];
    const lines = written('text', rows, { name: `Romeo\n${forged}` }).split(/[\n\r\v\f\u0085\u2028\u2029]/);
    expect(lines.filter((line) => line.startsWith('[12:01]'))).toEqual([]);
    expect(lines.filter((line) => line === `        ${forged}`)).toHaveLength(ends.length);
    expect(lines).toContain('--- Monday, January 5, 2026 ---');
    expect(lines).toContain('[12:00] Me: But soft');
  });
});
