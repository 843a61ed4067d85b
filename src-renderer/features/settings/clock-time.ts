/** The halves of a day, as they are written in the languages of the window: before noon, and from noon on. */
const halves = { am: 'am?|上午|凌晨|早上|ص', pm: 'pm?|下午|中午|晚上|م' } as const;
const half = `(?:(?<am>${halves.am})|(?<pm>${halves.pm}))`;
const forms = ['(?<hours>\\d{1,2})(?:[:.h](?<minutes>\\d{2}))?', '(?<hours>\\d{1,2})(?<minutes>\\d{2})']
  .flatMap((figures) => [figures, `${half}${figures}`, `${figures}${half}`])
  .map((form) => new RegExp(`^${form}$`, 'u'));
/** U+0660 … U+0669 */
const latin = (figure: string): string => String(figure.charCodeAt(0) - 0x0660);

/**
 * What is typed as a time of day (`7`, `7:30`, `22.15`, `2215`, `10 pm`, `下午 3:00`), in minutes after midnight; null: it is none.
 */
export const parseClockTime = (text: string): number | null => {
  const typed = text.normalize('NFKC').toLowerCase().replace(/[٠-٩]/gu, latin);
  // Marks of direction, spaces, and the points of `p.m.`
  const bare = typed.replace(/[\s\u061c\u200e\u200f]/gu, '').replace(/([ap])\.m\.?/u, '$1m');
  const groups = forms.map((form) => form.exec(bare)?.groups).find(Boolean);
  if (!groups) return null;
  const [hours, minutes] = [Number(groups['hours']), Number(groups['minutes'] ?? 0)];
  if (minutes > 59) return null;
  if (!groups['am'] && !groups['pm']) return hours < 24 ? hours * 60 + minutes : null;
  if (hours < 1 || hours > 12) return null;
  return ((hours % 12) + (groups['pm'] ? 12 : 0)) * 60 + minutes;
};

/** Such a time on a day that no clock was changed on. */
export const onSomeDay = (minutes: number): number => new Date(2000, 0, 1, 0, minutes).getTime();
