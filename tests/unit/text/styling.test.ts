import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { MessageText } from '../../../src-renderer/text/MessageText';
import { parseBlocks, type Block, type Line } from '../../../src-renderer/text/blocks';
import { parseSpans, type Span } from '../../../src-renderer/text/spans';

/** What is styled, in a short notation. */
const short = (spans: readonly Span[]): string =>
  spans.map((one) => (one.type === 'plain' ? one.text : `[${one.style} ${short(one.children)}]`)).join('');
const html = async (body: string, unstyled = false): Promise<string> =>
  (await renderToString(createSSRApp({ render: () => h(MessageText, { body, unstyled }) }))).replaceAll(
    /<!--[[\]]?-->/g,
    '',
  );
const raw = ({ marks, text, end }: Line): string => marks + text + end;
const all = (blocks: readonly Block[]): string =>
  blocks
    .map((one) => {
      if (one.type === 'line') return raw(one.line);
      if (one.type === 'quote') return all(one.children);
      return [one.opening, ...one.lines, ...(one.closing ? [one.closing] : [])].map(raw).join('');
    })
    .join('');
const outline = (blocks: readonly Block[]): string =>
  blocks
    .map((one) => {
      if (one.type === 'line') return one.line.text;
      if (one.type === 'quote') return `(${outline(one.children)})`;
      return `{${one.lines.map(({ text }) => text).join('/')}}`;
    })
    .join('|');

describe('styling of messages (XEP-0393)', () => {
  it.each([
    ['*strong*', '[strong strong]'],
    ['_emphasized_', '[emphasis emphasized]'],
    ['~strike~', '[strike strike]'],
    ['`monospace`', '[code monospace]'],
    ['plain *strong* plain', 'plain [strong strong] plain'],
    ['*strong* plain *strong*', '[strong strong] plain [strong strong]'],
    ['*strong*plain*', '[strong strong]plain*'],
    ['* plain *strong*', '* plain [strong strong]'],
    ['*_both_*', '[strong [emphasis both]]'],
    ['`*not strong* in code`', '[code *not strong* in code]'],
    ['*no _overlap* here_', '[strong no _overlap] here_'],
    ['not strong*', 'not strong*'],
    ['*not strong', '*not strong'],
    ['*not *strong', '*not *strong'],
    ['**', '**'],
    ['***', '***'],
    ['****', '****'],
    ['* not strong *', '* not strong *'],
    ['file_name_here and 2*3*4', 'file_name_here and 2*3*4'],
    ['说 *重点* 和 ~旧~', '说 [strong 重点] 和 [strike 旧]'],
  ])('spans of %s', (line, expected) => {
    expect(short(parseSpans(line))).toBe(expected);
  });

  it.each([
    ['*not\nstrong*', '*not|strong*'],
    ['> quoted\nreply', '(quoted)|reply'],
    ['>> twice\n> once', '((twice)|once)'],
    ['```\ncode *as it is*\n```\nafter', '{code *as it is*}|after'],
    ['```ignored\n(println "Hello")\n```', '{(println "Hello")}'],
    ['```\nnever closed\n``` not a fence', '{never closed/``` not a fence}'],
    ['> ```\n> code in a quote\nreply', '({code in a quote})|reply'],
    ['no ``` fence', 'no ``` fence'],
  ])('blocks of %j', (body, expected) => {
    expect(outline(parseBlocks(body))).toBe(expected);
  });

  it('keeps every character, whatever it is', () => {
    const unit = fc.constantFrom('*', '_', '~', '`', '```', '>', ' ', '\n', 'a', '长', '<b>');
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
        const body = parts.join('');
        expect(all(parseBlocks(body))).toBe(body);
        const line = body.replaceAll('\n', ' ');
        const text = (spans: readonly Span[]): string =>
          spans
            .map((one) => (one.type === 'plain' ? one.text : one.mark + text(one.children) + one.mark))
            .join('');
        expect(text(parseSpans(line))).toBe(line);
      }),
    );
  });

  it('takes no longer for 60,000 characters that are made to', () => {
    for (const part of ['*a ', '*_~`', '> ', '>', '```\n', '*a *b* _c_ ', '_*']) {
      const body = part.repeat(60_000 / part.length);
      expect(all(parseBlocks(body))).toBe(body);
      parseSpans(body);
    }
  });

  it('becomes elements of ours', async () => {
    expect(await html('> *who* said\n```js\nx < 1\n```\n_see_ `a` https://example.org/'))
      .toMatchInlineSnapshot(`
      "<span class="text-quote" role="blockquote" dir="auto"><span class="text-mark">&gt; </span><strong class="text-strong"><span class="text-mark">*</span>who<span class="text-mark">*</span></strong> said
      </span><span class="text-block"><span class="text-mark">\`\`\`</span><span class="text-info">js</span><span class="text-mark">
      </span><code class="text-code-block" dir="auto" tabindex="0">x &lt; 1
      </code><span class="text-mark">\`\`\`
      </span></span><em class="text-emphasis"><span class="text-mark">_</span>see<span class="text-mark">_</span></em> <code class="text-code"><span class="text-mark">\`</span>a<span class="text-mark">\`</span></code> <bdi><a class="text-link" href="https://example.org/" data-tip="https://example.org/" dir="ltr" rel="noreferrer" draggable="false">https://example.org/</a></bdi>"
    `);
  });

  it('T13 what has markup in its styling stays text', async () => {
    const made = await html('*<img src=x onerror=alert(1)>*\n> <script>alert(1)</script>\n```<b>\n<i>\n```');
    expect(made).not.toMatch(/<(?:img|script|b|i)\b/);
    expect(made).toContain('&lt;img src=x');
  });

  it('is left out where the author wants none, links stay', async () => {
    const made = await html('> *plain* https://example.org/', true);
    expect(made).not.toMatch(/strong|blockquote/);
    expect(made).toContain('href="https://example.org/"');
  });
});
