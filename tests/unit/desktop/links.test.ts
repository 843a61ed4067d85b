import { describe, expect, it } from 'vitest';
import { createOpener, gateLink } from '../../../src-main/desktop/links';

describe('the gate for links', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['HTTP://EXAMPLE.org', 'http://example.org/'],
    ['https://例子.测试/路', 'https://xn--fsqu00a.xn--0zwm56d/%E8%B7%AF'],
    ['mailto:romeo@montague.lit?subject=hi', 'mailto:romeo@montague.lit?subject=hi'],
    ['xmpp:romeo@montague.lit?message', 'xmpp:romeo@montague.lit?message'],
  ])('T23 lets %s through', (text, opened) => {
    expect(gateLink(text)).toBe(opened);
  });

  it.each([
    'file:///etc/passwd',
    'FILE:///etc/passwd',
    '\\\\host\\share',
    'smb://host/share',
    'javascript:alert(1)',
    'data:text/html,x',
    'ms-msdt:/id',
    'search-ms:query=x',
    'app://flint/',
    'https:example.org',
    'https:/example.org',
    'https:///example.org',
    'https://user:pw@example.org/',
    'https://example.org@evil.example/',
    ' https://example.org/',
    'https://example.org/ --flag',
    'https://example.org/\n',
    'https://example.org/\u202Egnp.exe',
    'https://exa\u200Bmple.org/',
    'https://example.org/"x',
    'https://example.org/`id`',
    'mailto:',
    'xmpp:',
    'example.org',
    '',
    `https://example.org/${'a'.repeat(9000)}`,
  ])('T23 refuses %j', (text) => {
    expect(gateLink(text)).toBeNull();
  });

  it('T23 hands the system only what the gate lets through; a system that cannot open it is no error', async () => {
    const opened: string[] = [];
    const events: string[] = [];
    const note = (event: string): void => void events.push(event);
    const opener = createOpener(
      (url) => {
        opened.push(url);
        return opened.length > 1 ? Promise.reject(new Error('no program')) : Promise.resolve();
      },
      { info: note, warn: note, error: note },
    );
    expect(await opener.open('file:///etc/passwd')).toBe(false);
    expect(await opener.open('https://example.org')).toBe(true);
    expect(await opener.open('mailto:a@b.example')).toBe(true);
    expect(opened).toEqual(['https://example.org/', 'mailto:a@b.example']);
    expect(events).toEqual(['link-refused', 'link-not-opened']);
  });
});
