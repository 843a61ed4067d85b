/** Whether the window runs from right to left. */
export const isRtl = (): boolean => document.documentElement.dir === 'rtl';

const mirrored: Readonly<Record<string, string>> = { ArrowLeft: 'ArrowRight', ArrowRight: 'ArrowLeft' };
/** A key as if the window ran from left to right: there the right arrow goes on. */
export const readingKey = (key: string, rtl: boolean): string => (rtl ? (mirrored[key] ?? key) : key);
