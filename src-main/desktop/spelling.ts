import type { Session } from 'electron';
import type { Spelling } from '../ports';

/**
 * Chromium has no dictionaries of its own outside macOS: it fetches those of the session's languages from a server of Google's,
 * and begins with the system's. A session has no languages before the user wants some.
 */
export const muteSpelling = (session: Session): void => {
  session.setSpellCheckerEnabled(false);
  if (process.platform !== 'darwin') session.setSpellCheckerLanguages([]);
};

/** @param session the window's */
export const createSpelling = (session: Session): Spelling => {
  // macOS checks by itself, in the languages that it recognises.
  const languages = process.platform === 'darwin' ? [] : session.availableSpellCheckerLanguages;
  return {
    languages,
    use: (wanted) => {
      if (wanted === null) {
        muteSpelling(session);
        return;
      }
      if (process.platform !== 'darwin')
        session.setSpellCheckerLanguages(wanted.filter((one) => languages.includes(one)));
      session.setSpellCheckerEnabled(true);
    },
    onDictionary: (run) => {
      session.on('spellcheck-dictionary-download-failure', (_, language) => {
        run(language, false);
      });
      session.on('spellcheck-dictionary-initialized', (_, language) => {
        run(language, true);
      });
    },
  };
};
