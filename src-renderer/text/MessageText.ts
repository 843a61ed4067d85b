import { h, type FunctionalComponent, type VNode } from 'vue';
import { tokenize, type TextToken } from './tokens';

interface Props {
  readonly body: string;
}
interface Emits {
  /** A link was chosen; nothing else opens it. */
  open: (href: string) => void;
  [event: string]: (href: string) => void;
}

const linkNode = (token: Extract<TextToken, { type: 'link' }>, open: (href: string) => void): VNode =>
  h('bdi', [
    h(
      'a',
      {
        class: 'text-link',
        href: token.href,
        title: readable(token.href),
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

/**
 * Message text as VNodes: text nodes, and links (T13). Never markup, for there is no way from a string to an element
 * here but `tokenize`.
 */
export const MessageText: FunctionalComponent<Props, Emits> = (props, { emit }) =>
  tokenize(props.body).map((token) =>
    token.type === 'text' ? token.text : linkNode(token, (href) => emit('open', href)),
  );
MessageText.props = { body: { type: String, required: true } };
MessageText.emits = ['open'];
