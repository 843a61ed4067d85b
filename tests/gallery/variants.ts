import type { Settings } from '../../src-shared/model/settings';

/** One way to look at every scene. What is not named is as in the first: light, English, comfortable, wide, 100 %. */
export interface Variant {
  readonly id: string;
  readonly title: string;
  readonly settings?: Partial<Settings>;
  readonly narrow?: true;
  /** The system's own high contrast (forced colours). */
  readonly forced?: true;
  /** Whether axe looks too, which takes longer than the picture. */
  readonly axe?: true;
}

export const plain: Partial<Settings> = {
  theme: 'light',
  language: 'en',
  density: 'comfortable',
  textSize: 100,
};

export const variants: readonly Variant[] = [
  { id: 'light', title: 'Light', axe: true },
  { id: 'dark', title: 'Dark', settings: { theme: 'dark' }, axe: true },
  { id: 'zh-CN', title: '简体中文', settings: { language: 'zh-CN' } },
  { id: 'de', title: 'Deutsch', settings: { language: 'de' } },
  { id: 'compact', title: 'Compact', settings: { density: 'compact' } },
  { id: 'rtl', title: 'Right to left', settings: { language: 'ar' }, axe: true },
  { id: 'contrast', title: 'High contrast', forced: true },
  { id: '200', title: '200 %', settings: { textSize: 200 } },
  // The last: in a window that turns narrow, menus close.
  { id: 'narrow', title: 'Narrow', narrow: true },
];

/** Those of a scene that is like others. */
export const briefly: readonly string[] = ['light', 'dark', 'zh-CN'];

/** FLINT_GALLERY_VARIANTS names some of them; else all. */
export const chosenVariants = (): readonly Variant[] => {
  const asked = process.env['FLINT_GALLERY_VARIANTS']?.split(',');
  return asked === undefined ? variants : variants.filter(({ id }) => asked.includes(id));
};
