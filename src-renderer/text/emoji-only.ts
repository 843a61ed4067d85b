/** So many are larger than the text around them; more are read as text. */
const most = 3;
/** The longest emoji have a dozen characters or so. */
const longest = 80;
const emojis = new RegExp(`^\\s*(?:\\p{RGI_Emoji}\\s*){1,${String(most)}}$`, 'v');

/** Whether a text is nothing but a few emoji (UTS #51 ED-27): those are seen, not read. */
export const isEmojiOnly = (body: string): boolean => body.length <= longest && emojis.test(body);
