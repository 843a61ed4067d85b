/** The room that a picture has in a conversation, in rem (DESIGN.md "Image": at most 360 × 240). */
const [MAX_WIDTH, MAX_HEIGHT] = [22.5, 15];
const LEAST = 3;
const REM = 16;

/** The size at which a picture of so many pixels is drawn: whole, never larger than it is; smaller where there is less room. */
export const pictureBox = (
  width: number | null,
  height: number | null,
): { readonly width: string; readonly aspectRatio: string } => {
  const [w, h] = [(width ?? MAX_WIDTH * REM) / REM, (height ?? MAX_HEIGHT * REM) / REM];
  const scale = Math.min(1, MAX_WIDTH / w, MAX_HEIGHT / h);
  const rem = (side: number): string => `${String(Math.round(Math.max(LEAST, side * scale) * 100) / 100)}rem`;
  return { width: rem(w), aspectRatio: `${rem(w)} / ${rem(h)}`.replaceAll('rem', '') };
};
