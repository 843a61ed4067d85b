/** 22:05 */
export const clockTime = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** What is typed as a time of day (`7`, `7:30`, `22.15`, `2215`), in minutes after midnight; null: it is none. */
export const parseClockTime = (text: string): number | null => {
  const typed = text.normalize('NFKC').trim();
  const parts = /^(\d{1,2})(?:[:.h](\d{2}))?$/u.exec(typed) ?? /^(\d{1,2})(\d{2})$/u.exec(typed);
  if (!parts) return null;
  const [hours, minutes] = [Number(parts[1]), Number(parts[2] ?? 0)];
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : null;
};
