import * as v from 'valibot';
import { matchLocale, translatorOf, type Locale, type Translate } from '../../src-shared/i18n';
import { settingsPatch } from '../../src-shared/ipc/schemas';
import { defaultSettings, type Settings } from '../../src-shared/model/settings';
import type { Ports } from '../ports';
import type { Hub } from './hub';

const FILE = 'settings.json';

export interface SettingsService {
  load(): Promise<void>;
  get(): Settings;
  locale(): Locale;
  translate(): Translate;
  /** Keeps and tells the change. Rejects when the file cannot be written; the old settings then stay. */
  set(patch: Partial<Settings>): Promise<Settings>;
}

/** What the file holds as far as it is valid, the defaults for the rest: one bad entry spoils no other. */
const read = (text: string | null): Settings => {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    kept = {};
  }
  if (typeof kept !== 'object' || kept === null) return defaultSettings;
  const valid = Object.entries(kept as Record<string, unknown>).map(([key, value]) => {
    const read = key in defaultSettings ? v.safeParse(settingsPatch, { [key]: value }) : null;
    return read?.success ? read.output : {};
  });
  return Object.assign({ ...defaultSettings }, ...valid) as Settings;
};

export const createSettings = (ports: Pick<Ports, 'files' | 'system' | 'log'>, hub: Hub): SettingsService => {
  let settings = defaultSettings;
  let writing: Promise<unknown> = Promise.resolve();
  const locale = (): Locale =>
    settings.language === 'system' ? matchLocale(ports.system.locales) : settings.language;

  const apply = async (patch: Partial<Settings>): Promise<Settings> => {
    const next = { ...settings, ...patch };
    const isNew = next.autostart && next.startHidden !== settings.startHidden;
    if (isNew || next.autostart !== settings.autostart)
      await ports.system.setAutostart(next.autostart, next.startHidden);
    await ports.files.write(FILE, JSON.stringify(next, null, 2));
    settings = next;
    hub.emit({ topic: 'app', type: 'settings', settings, locale: locale() });
    return settings;
  };

  return {
    async load() {
      settings = read(await ports.files.read(FILE));
      // What starts it names a file, and that of an AppImage has the version in its name: another one may be there by now.
      if (settings.autostart)
        await ports.system.setAutostart(true, settings.startHidden).catch(() => {
          ports.log.warn('autostart-not-kept');
        });
    },
    get: () => settings,
    locale,
    translate: () => translatorOf(locale()),
    set(patch) {
      const written = writing.then(() => apply(patch));
      writing = written.catch(() => undefined);
      return written;
    },
  };
};
