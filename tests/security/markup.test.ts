import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { createSSRApp, h } from 'vue';
import { renderToString } from 'vue/server-renderer';
import { xmlNodes } from '../../src-renderer/features/console/xml-nodes';
import { MessageText } from '../../src-renderer/text/MessageText';
import { plainName } from '../../src-renderer/text/names';
import { payloads } from './payloads';

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

/** Links, and the styling of XEP-0393. */
const allowed = new Set(['bdi', 'a', 'span', 'strong', 'em', 's', 'code']);
const attributes = new Set(['class', 'href', 'data-tip', 'dir', 'rel', 'draggable', 'role']);

describe('what others write', () => {
  it.each(payloads)('T13 as a message creates no element but links and styling: %s', async (payload) => {
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

  it.each(payloads)('T13 as a name or status creates no element: %s', async (payload) => {
    const { found } = await elements(() => plainName(payload));
    expect(found).toEqual([]);
  });

  it.each(payloads)('T13 in the XML console creates nothing but coloured text: %s', async (payload) => {
    const { found, text } = await elements(() => xmlNodes(`<message><body>${payload}</body></message>`));
    for (const element of found) {
      expect(element.name).toBe('span');
      expect(Object.keys(element.attributes)).toEqual(['class']);
    }
    expect(text).toContain('message');
  });
});
