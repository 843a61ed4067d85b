import type { AccountId } from '../../src-shared/model/account';
import type { StepId, XmlEntry } from '../../src-shared/model/connection';
import type { Hub } from './hub';
import { ownText } from './own-text';

const KEPT = 2000;
/** Longer ones are cut for the console: it is for reading. */
const MAX_SHOWN = 20_000;
/** Of all together, characters: anybody can send two thousand long ones. */
const MAX_HELD = 8_000_000;

/** The last stanzas of an account, secrets already replaced: for the console and for a failed step's XML. In memory only. */
export interface ConsoleLog {
  add(direction: 'in' | 'out', step: StepId | null, xml: string): void;
  entries(): readonly XmlEntry[];
}

export const createConsoleLog = (account: AccountId, hub: Hub, now: () => number): ConsoleLog => {
  const entries: XmlEntry[] = [];
  let last = 0;
  let held = 0;
  return {
    add(direction, step, xml) {
      last += 1;
      const shown = ownText(xml.length > MAX_SHOWN ? `${xml.slice(0, MAX_SHOWN)}…` : xml);
      const entry: XmlEntry = { id: last, at: now(), direction, step, xml: shown };
      entries.push(entry);
      held += shown.length;
      while (entries.length > KEPT || held > MAX_HELD) held -= entries.shift()?.xml.length ?? 0;
      hub.emit({ topic: 'console', type: 'xml', account, entry });
    },
    entries: () => [...entries],
  };
};
