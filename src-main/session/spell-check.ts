import type { SpellingState } from '../../src-shared/ipc/states';
import type { Settings } from '../../src-shared/model/settings';
import type { Spelling } from '../ports';
import type { Hub } from './hub';

/** Spelling is checked as the settings say, and not before they are read. */
export interface SpellCheck {
  start(): void;
  state(): SpellingState;
}

export const createSpellCheck = (settings: () => Settings, hub: Hub, port: Spelling): SpellCheck => {
  let missing: readonly string[] = [];
  let used = '';
  const state = (): SpellingState => ({ languages: port.languages, missing });
  const tell = (now: readonly string[]): void => {
    missing = now;
    hub.emit({ topic: 'app', type: 'spelling', spelling: state() });
  };
  const apply = (): void => {
    const { checkSpelling, spellLanguages } = settings();
    const next = JSON.stringify([checkSpelling, spellLanguages]);
    if (next === used) return;
    used = next;
    // Whoever changes the choice, or switches it off and on, has it tried again.
    if (missing.length > 0) tell([]);
    port.use(checkSpelling ? spellLanguages : null);
  };
  port.onDictionary((language, there) => {
    if (there !== missing.includes(language)) return;
    tell(there ? missing.filter((one) => one !== language) : [...missing, language]);
  });
  return {
    start() {
      apply();
      hub.listen(({ event }) => {
        // Once this event is told to all: another one in between would come before it.
        if (event.type === 'settings') queueMicrotask(apply);
      });
    },
    state,
  };
};
