import { describe, expect, it } from 'vitest';
import { readPageHead } from '../../../src-main/desktop/transfer/page';

const at = 'https://example.org/news/today';
const read = (html: string): ReturnType<typeof readPageHead> => readPageHead(Buffer.from(html), at);

describe('what a page says of itself', () => {
  it('Open Graph’s words come before those of HTML', () => {
    expect(
      read(
        `<!doctype html><html><head><title>Plain &amp; simple</title><meta name="description" content="the usual">
         <meta property="og:title" content="The &quot;Flint&quot; story"><meta property="og:description" content="How it began">
         <meta property="og:image" content="/pictures/flint.png"></head><body><title>not this</title></body></html>`,
      ),
    ).toEqual({
      title: 'The "Flint" story',
      text: 'How it began',
      picture: 'https://example.org/pictures/flint.png',
    });
  });
  it('without them its title and description do', () => {
    expect(
      read('<title>\n Plain &amp; simple </title><META NAME="Description" CONTENT=\'the usual\'>'),
    ).toEqual({
      title: 'Plain & simple',
      text: 'the usual',
      picture: null,
    });
  });
  it('a page without a title has nothing to show', () => {
    for (const html of [
      '',
      '<p>hello</p>',
      '<title> </title>',
      '<meta property="og:image" content="/a.png">',
    ]) {
      expect(read(html), html).toBeNull();
    }
  });
  it('is cut off after the head: what follows is never read', () => {
    expect(
      read('<title>short</title><body><meta property="og:title" content="late"><title>later</title>'),
    ).toEqual({ title: 'short', text: null, picture: null });
  });
  it('T17 is read no further than a thousand elements, however they are nested', () => {
    const nested = '<b>'.repeat(43_000) + '</i>'.repeat(32_000);
    expect(read(`<title>short</title>${nested}<meta property="og:title" content="late">`)?.title).toBe(
      'short',
    );
    expect(read(`${nested}<title>late</title>`)).toBeNull();
    expect(read(`${'<meta>'.repeat(999)}<title>in time</title>`)?.title).toBe('in time');
    expect(read(`${'<meta>'.repeat(1_000)}<title>late</title>`)).toBeNull();
  });
  it('the encoding that it names is believed', () => {
    const html = Buffer.concat([
      Buffer.from('<meta charset="gbk"><title>'),
      Buffer.from([0xc4, 0xe3, 0xba, 0xc3]),
      Buffer.from('</title>'),
    ]);
    expect(readPageHead(html, at)?.title).toBe('你好');
    expect(read('<meta charset="no-such-thing"><title>你好</title>')?.title).toBe('你好');
  });
  it('T16 what is not seen is left out, a long text ends with an ellipsis, lines become one', () => {
    expect(read('<title>gro\u202eup\u2066.exe\n\n\tand more</title>')?.title).toBe('group.exe and more');
    expect([...(read(`<title>${'語'.repeat(1_000)}</title>`)?.title ?? '')]).toHaveLength(200);
  });
  it('T13 markup in a title is text', () => {
    expect(read('<title>&lt;img src=x onerror=alert(1)></title>')?.title).toBe(
      '<img src=x onerror=alert(1)>',
    );
    expect(read('<title><b>bold</b></title>')?.title).toBe('<b>bold</b>');
  });
});
