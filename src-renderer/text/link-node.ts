import { h, type VNode } from 'vue';
import { nameNodes } from './name-nodes';
import { tokenize, type TextToken } from './tokens';

const linkNode = (token: Extract<TextToken, { type: 'link' }>, open: (href: string) => void): VNode =>
  h('bdi', [
    h(
      'a',
      {
        class: 'text-link',
        href: token.href,
        'data-tip': readable(token.href),
        dir: 'ltr',
        rel: 'noreferrer',
        draggable: false,
        onClick: (event: Event) => {
          event.preventDefault();
          open(token.href);
        },
        // The middle button would open a window of its own.
        onAuxclick: (event: Event) => {
          event.preventDefault();
          if ((event as MouseEvent).button === 1) open(token.href);
        },
      },
      token.text,
    ),
    token.host === null ? null : h('span', { class: 'text-host' }, ` (${token.host})`),
  ]);

/** The target as the system will get it: host in ASCII, nothing hidden. */
const readable = (href: string): string => (URL.canParse(href) ? new URL(href).href : href);

/** Plain text as text nodes (a `name` in it marked) and links: the only ways from a string to the page (T13). */
export const textNodes = (
  text: string,
  open: (href: string) => void,
  name?: string,
): readonly (VNode | string)[] =>
  tokenize(text).flatMap((token) =>
    token.type === 'text' ? nameNodes(token.text, name) : [linkNode(token, open)],
  );
