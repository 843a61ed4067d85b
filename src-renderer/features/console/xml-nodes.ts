import { h, type VNode } from 'vue';
import { prettyXml } from './xml-tokens';

/** Longer stanzas are shown as they came: colouring them would only cost time. */
const longest = 50_000;

/** One stanza as coloured text nodes; there is no way from its text to an element (T13). */
export const xmlNodes = (xml: string): (VNode | string)[] =>
  xml.length > longest
    ? [xml]
    : prettyXml(xml).map((token) =>
        token.kind === 'text' ? token.text : h('span', { class: `xml-${token.kind}` }, token.text),
      );

/** One stanza as indented text, for the clipboard. */
export const xmlText = (xml: string): string =>
  xml.length > longest
    ? xml
    : prettyXml(xml)
        .map((token) => token.text)
        .join('');
