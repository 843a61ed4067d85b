import { h, type VNode } from 'vue';
import { mentionRanges } from '../../src-shared/model/mentions';

/** A text in which a name is marked wherever it stands as a word. */
export const nameNodes = (text: string, name: string | undefined): readonly (VNode | string)[] => {
  if (name === undefined) return [text];
  const nodes: (VNode | string)[] = [];
  let at = 0;
  for (const { start, end } of mentionRanges(text, name)) {
    if (start < at) continue;
    if (start > at) nodes.push(text.slice(at, start));
    nodes.push(h('mark', { class: 'text-name' }, text.slice(start, end)));
    at = end;
  }
  return at < text.length ? [...nodes, text.slice(at)] : nodes;
};
