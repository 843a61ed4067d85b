import type { XmlEntry } from '../../../src-shared/model/connection';

export const stanzaKinds = ['message', 'presence', 'iq', 'other'] as const;
export type StanzaKind = (typeof stanzaKinds)[number];

export interface ConsoleFilter {
  readonly text: string;
  readonly kind: StanzaKind | 'all';
  readonly direction: XmlEntry['direction'] | 'both';
}

/** The console keeps as many entries as main does. */
export const keptEntries = 2000;

/** What a piece of the stream is, by the name of its first element. */
export const kindOf = (xml: string): StanzaKind => {
  const name = /^\s*<(message|presence|iq)[\s/>]/.exec(xml)?.[1];
  return (name as StanzaKind | undefined) ?? 'other';
};

/** The entries that a filter lets through; its text is looked for without regard to case. */
export const filterEntries = (entries: readonly XmlEntry[], filter: ConsoleFilter): XmlEntry[] => {
  const text = filter.text.trim().toLowerCase();
  return entries.filter(
    (entry) =>
      (filter.direction === 'both' || entry.direction === filter.direction) &&
      (filter.kind === 'all' || kindOf(entry.xml) === filter.kind) &&
      (text === '' || entry.xml.toLowerCase().includes(text)),
  );
};
