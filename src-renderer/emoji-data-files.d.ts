/** Its own types need another package; load-emoji.ts says what is read. */
declare module 'emojibase-data/*' {
  const data: unknown;
  export default data;
}
