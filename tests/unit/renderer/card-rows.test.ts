import { describe, expect, it } from 'vitest';
import { cardRows, glanceOf } from '../../../src-renderer/features/contact/card-rows';
import { emptyCard, type Card } from '../../../src-shared/model/card';

const rows = (card: Partial<Card>) => cardRows({ ...emptyCard, ...card }, 'Maya', String);

describe('the lines of a card', () => {
  it('lead to a mail and a page, and can be copied, as a number can', () => {
    expect(
      rows({
        phones: [{ kind: 'work', value: '+44 20 1' }],
        mails: [{ kind: null, value: 'maya@northgate.example' }],
        url: 'northgate.example/line-3',
      }),
    ).toEqual([
      { key: 'contact.phone-work', text: '+44 20 1', copies: true },
      {
        key: 'contact.mail',
        text: 'maya@northgate.example',
        href: 'mailto:maya@northgate.example',
        copies: true,
      },
      {
        key: 'contact.url',
        text: 'northgate.example/line-3',
        href: 'https://northgate.example/line-3',
        copies: true,
      },
    ]);
  });

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'ms-msdt:/id', 'see my page', 'http://'])(
    'T23 %s leads nowhere',
    (url) => {
      expect(rows({ url }).map(({ href }) => href)).toEqual([undefined]);
    },
  );

  it.each(['maya', 'maya@x.example?bcc=all@x.example', 'a b@x.example'])(
    'T23 a mail is nothing but an address: %s',
    (value) => {
      expect(rows({ mails: [{ kind: null, value }] }).map(({ href }) => href)).toEqual([undefined]);
    },
  );

  it('say what somebody is and does at a glance', () => {
    const card = { title: 'Lead', role: 'Quality', organisation: 'Northgate' };
    expect(glanceOf(rows(card)).job).toEqual(['Lead', 'Quality', 'Northgate']);
  });
});
