import { Copy } from '@lucide/vue';
import { h, type FunctionalComponent, type VNode } from 'vue';
import { parseBlocks, type Block, type Line } from './blocks';
import { textNodes } from './link-node';
import { parseSpans, type Span } from './spans';

interface Props {
  readonly body: string;
  /** Its author says that it means no styling (XEP-0393 §4). */
  readonly unstyled?: boolean;
  /** What the button says that copies a block of code; without it there is none. */
  readonly copyLabel?: string;
  /** A name to be seen at once, ours in a room. */
  readonly named?: string;
}
interface Emits {
  /** A link was chosen; nothing else opens it. */
  open: (href: string) => void;
  copy: (text: string) => void;
  [event: string]: (text: string) => void;
}
type Node = VNode | string;

const tags = { strong: 'strong', emphasis: 'em', strike: 's', code: 'code' } as const;
const mark = (text: string): Node[] => (text === '' ? [] : [h('span', { class: 'text-mark' }, text)]);

/**
 * Message text as VNodes: text, links, and the styling of XEP-0393. Never markup, for there is no way from a string to an
 * element here but the parsers (T13). Every character stays: marks are dimmed, or hidden where a quote or a block of
 * code shows what they say.
 */
export const MessageText: FunctionalComponent<Props, Emits> = (props, { emit }) => {
  const open = (href: string): void => emit('open', href);
  const named = (text: string): readonly Node[] => textNodes(text, open, props.named);
  const spanNode = (span: Span): readonly Node[] => {
    if (span.type === 'plain') return named(span.text);
    // Code is no address: what is in it is shown as it is (XEP-0393 §6.2.4).
    const inside = span.style === 'code' ? span.children.map(plainText) : span.children.flatMap(spanNode);
    return [
      h(tags[span.style], { class: `text-${span.style}` }, [
        ...mark(span.mark),
        ...inside,
        ...mark(span.mark),
      ]),
    ];
  };
  const lineNodes = ({ marks, text, end }: Line): readonly Node[] => [
    ...mark(marks),
    ...parseSpans(text).flatMap(spanNode),
    end,
  ];
  const codeNode = ({ opening, lines, closing }: Extract<Block, { type: 'code' }>): Node => {
    const { copyLabel } = props;
    const info = opening.text.slice(3);
    const code = lines.map(({ text }) => text).join('\n');
    return h('span', { class: 'text-block' }, [
      ...mark(`${opening.marks}\`\`\``),
      ...(info === '' ? [] : [h('span', { class: 'text-info' }, info)]),
      ...mark(opening.end),
      // It may scroll: by keyboard too.
      h('code', { class: 'text-code-block', dir: 'auto', tabindex: 0 }, lines.flatMap(rawLine)),
      ...(closing ? mark(`${closing.marks}${closing.text}${closing.end}`) : []),
      ...(copyLabel === undefined || code === ''
        ? []
        : [
            h(
              'button',
              {
                type: 'button',
                class: 'text-copy',
                'aria-label': copyLabel,
                'data-tip': copyLabel,
                onClick: () => emit('copy', code),
              },
              [h(Copy, { class: 'ic ic14' })],
            ),
          ]),
    ]);
  };
  const blockNode = (block: Block): readonly Node[] => {
    switch (block.type) {
      case 'line':
        return lineNodes(block.line);
      case 'quote':
        return [
          h(
            'span',
            { class: 'text-quote', role: 'blockquote', dir: 'auto' },
            block.children.flatMap(blockNode),
          ),
        ];
      case 'code':
        return [codeNode(block)];
    }
  };
  return props.unstyled ? [...named(props.body)] : parseBlocks(props.body).flatMap(blockNode);
};
const plainText = (span: Span): string => (span.type === 'plain' ? span.text : '');
const rawLine = ({ marks, text, end }: Line): readonly Node[] => [...mark(marks), text + end];
MessageText.props = {
  body: { type: String, required: true },
  unstyled: { type: Boolean, default: false },
  copyLabel: { type: String },
  named: { type: String },
};
MessageText.emits = ['open', 'copy'];
