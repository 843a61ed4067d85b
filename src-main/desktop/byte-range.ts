/**
 * Which bytes a Range header asks for (RFC 9110 §14.1.2), from the first to behind the last; null: all of them, as where it
 * is not understood; `none`: there are no such bytes.
 */
export const byteRange = (header: string | null, size: number): readonly [number, number] | null | 'none' => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (from !== '' && to !== '' && Number(to) < start) return null;
  return start < end ? [start, end] : 'none';
};
