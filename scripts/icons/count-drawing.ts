/** The pictures that lie over the button in Windows' task bar: how much is unread, in the colour of the tray's sparks. */
const GROUND = '#C44F11';

/** @returns one picture as an SVG of 16 units; `words` is a digit, or one with a plus sign */
export function drawCount(words: string): string {
  const size = words.length > 1 ? 9.5 : 11.5;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" width="16" height="16">' +
    `<circle cx="8" cy="8" r="8" fill="${GROUND}"/>` +
    `<text x="8" y="${String(8 + size * 0.36)}" font-family="Segoe UI, Inter, DejaVu Sans, sans-serif" font-weight="700" font-size="${String(size)}" text-anchor="middle" fill="#fff">${words}</text></svg>`
  );
}
