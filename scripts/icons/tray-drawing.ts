/** The tray icon as vectors: the stone, the badge that tells presence by shape, and the sparks of what is unread. */
import { presenceKinds, type PresenceKind } from '../../src-shared/model/presence';

export const trayStates = [...presenceKinds, 'connecting'] as const;
export type TrayState = (typeof trayStates)[number];
/** light and dark name the panel under the icon; template is macOS's black-and-clear image. */
export const trayPanels = ['light', 'dark', 'template'] as const;
export type TrayPanel = (typeof trayPanels)[number];

type Badge = Exclude<PresenceKind, 'offline'>;
interface Inks {
  readonly stone: string;
  readonly sparks: string;
  readonly badges: Readonly<Record<Badge, string>>;
}

const allBadges = (ink: string): Record<Badge, string> => ({
  online: ink,
  chat: ink,
  away: ink,
  phone: ink,
  xa: ink,
  dnd: ink,
  invisible: ink,
});
const INKS: Readonly<Record<TrayPanel, Inks>> = {
  light: {
    stone: '#1D232B',
    sparks: '#C44F11',
    badges: {
      online: '#1B8742',
      chat: '#00827F',
      away: '#917003',
      phone: '#3A70B3',
      xa: '#86662C',
      dnd: '#C62B44',
      invisible: '#616A73',
    },
  },
  dark: {
    stone: '#F2F4F6',
    sparks: '#F9A84D',
    badges: {
      online: '#4CCE7B',
      chat: '#45D3C9',
      away: '#EBC843',
      phone: '#76AFEE',
      xa: '#C1A05C',
      dnd: '#F46671',
      invisible: '#989FA7',
    },
  },
  template: { stone: '#000', sparks: '#000', badges: allBadges('#000') },
};

/** On a 12-unit grid. */
const BADGES: Readonly<Record<Badge, string>> = {
  online: '<circle cx="6" cy="6" r="5"/>',
  chat: '<path d="M6 1a5 5 0 0 1 0 10H1.8a.8.8 0 0 1-.8-.8V6a5 5 0 0 1 5-5z"/>',
  away: '<path fill-rule="evenodd" d="M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM5.2 3v3.6l2.5 1.7.9-1.3-1.8-1.3V3z"/>',
  phone:
    '<path d="M2.7.9h1.4c.4 0 .7.2.8.6l.6 1.7c.1.3 0 .6-.2.8l-.9.9a7.4 7.4 0 0 0 2.7 2.7l.9-.9c.2-.2.5-.3.8-.2l1.7.6c.4.1.6.4.6.8v1.4c0 1-.8 1.8-1.8 1.7A9.4 9.4 0 0 1 1 2.7C.9 1.7 1.7.9 2.7.9z"/>',
  xa: '<path d="M6.9.9a.4.4 0 0 0-.5-.4A5.6 5.6 0 1 0 11.5 7.7a.4.4 0 0 0-.5-.5A4.7 4.7 0 0 1 6.9.9z" transform="translate(.25 .55) scale(.94)"/>',
  dnd: '<path fill-rule="evenodd" d="M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1zM3.3 5.15a.4.4 0 0 0-.4.4v.9c0 .22.18.4.4.4h5.4a.4.4 0 0 0 .4-.4v-.9a.4.4 0 0 0-.4-.4z"/>',
  invisible:
    '<circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.67 1.78"/>',
};
/** On a 16-unit grid; with sparks the stone's corner is struck off to make room for them. */
const STONE = 'M2 5 5.7 2.6 10.5 2.8 13.5 5.4 14.2 10 11.1 13.1 6.7 13.2 2.5 15.2 3 11.9 1.2 8.8z';
const STRUCK = 'M2 5 5.6 2.5 9.3 2.7 11.2 4.9 14.2 8.2 13.8 11 11.1 13.1 6.7 13.2 2.5 15.2 3 11.9 1.2 8.8z';
const SPARKS = 'M11.7 2.9V.5M13 3.6 15.2 1.4M13.7 5H16';
const DOTS = [9.2, 12, 14.8].map((x) => `<circle cx="${String(x)}" cy="12.6" r="1.05"/>`).join('');

/** @returns one tray icon as an SVG of 16 units, with nothing behind it */
export function drawTray(state: TrayState, panel: TrayPanel, unread: boolean): string {
  const { stone, sparks, badges } = INKS[panel];
  const path = `<path d="${unread ? STRUCK : STONE}" stroke-linejoin="round"`;
  const hollow = `${path} fill="none" stroke="${stone}" stroke-width="1.3"/>`;
  const parts: string[] = [];
  if (state === 'offline') parts.push(hollow);
  else if (state === 'connecting') {
    parts.push(cut(hollow, '<rect x="7" y="10.6" width="10" height="6"/>'), `<g fill="${stone}">${DOTS}</g>`);
  } else {
    const full = `${path} fill="${stone}" stroke="${stone}" stroke-width=".7"/>`;
    parts.push(
      cut(full, '<circle cx="12.32" cy="12.32" r="4.45"/>'),
      `<g transform="translate(8.6 8.6) scale(.62)" color="${badges[state]}" fill="${badges[state]}">${BADGES[state]}</g>`,
    );
  }
  if (unread) {
    parts.push(
      `<path d="${SPARKS}" fill="none" stroke="${sparks}" stroke-width="1.35" stroke-linecap="round"/>`,
    );
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">${parts.join('')}</svg>`;
}

function cut(drawn: string, hole: string): string {
  const all = 'x="-2" y="-2" width="20" height="20"';
  return (
    `<mask id="m" maskUnits="userSpaceOnUse" ${all}><rect ${all} fill="#fff"/>${hole}</mask>` +
    `<g mask="url(#m)">${drawn}</g>`
  );
}
