import { h, type FunctionalComponent } from 'vue';
import type { Snippet } from '../../src-shared/model/history';

/** Cuts a snippet at its marks; marks that overlap or reach outside are cut to what makes sense. */
export const snippetParts = ({
  text,
  marks,
}: Snippet): readonly { readonly text: string; readonly marked: boolean }[] => {
  const parts: { text: string; marked: boolean }[] = [];
  let at = 0;
  for (const [from, to] of [...marks].sort(([a], [b]) => a - b)) {
    const start = Math.max(at, from);
    const end = Math.min(text.length, to);
    if (end <= start) continue;
    if (start > at) parts.push({ text: text.slice(at, start), marked: false });
    parts.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), marked: false });
  return parts;
};

/** A found piece of a message: text nodes and marks, nothing else (T13). */
export const SnippetText: FunctionalComponent<{ readonly snippet: Snippet }> = ({ snippet }) =>
  snippetParts(snippet).map(({ text, marked }) => (marked ? h('mark', text) : text));
SnippetText.props = { snippet: { type: Object, required: true } };
