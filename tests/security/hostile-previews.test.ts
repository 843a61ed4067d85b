import { existsSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LinkPreview } from '../../src-shared/model/preview';
import { domain, idOf } from '../support/hostile-server';
import { pngOf } from '../support/pictures';
import { hostileAccount, mallory, own, romeo, type HostileAccount } from './hostile-account';

const room = `verona@${domain}`;
/** Of a service that is not our server's: it can say what it likes of whom it likes. */
const foreign = 'verona@rooms.elsewhere.test';
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A page on this computer: it may be asked only because the XMPP server is on it too. */
describe('links and the pages behind them', () => {
  let http: Server;
  let base = '';
  let it_: HostileAccount;
  let asked: { readonly url: string; readonly headers: IncomingMessage['headers'] }[] = [];
  let answer: Answer;
  let links = 0;
  /** What the room says of itself. */
  let features: readonly string[] = [];

  const html =
    (head: string): Answer =>
    (_, response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'who=juliet' }).end(head);
  const page = html('<title>Verona</title>');

  beforeEach(async () => {
    asked = [];
    answer = page;
    features = [];
    http = createServer((request, response) => {
      asked.push({ url: request.url ?? '', headers: request.headers });
      answer(request, response);
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    base = `http://localhost:${String((http.address() as AddressInfo).port)}`;
    it_ = await hostileAccount({
      iq: (frame, guest) => {
        const asks = [room, foreign].find((one) => frame.includes(`to="${one}"`));
        if (asks === undefined || !frame.includes('disco#info')) return false;
        guest.send(
          `<iq xmlns='jabber:client' type='result' id='${idOf(frame)}' from='${asks}'><query xmlns='http://jabber.org/protocol/disco#info'>` +
            `<identity category='conference' type='text'/><feature var='http://jabber.org/protocol/muc'/>` +
            `${features.map((feature) => `<feature var='${feature}'/>`).join('')}</query></iq>`,
        );
        return true;
      },
    });
  });
  afterEach(async () => {
    await it_.stop();
    http.closeAllConnections();
    await new Promise((resolve) => http.close(resolve));
  });

  const choose = (linkPreviews: 'ask' | 'on' | 'off'): Promise<unknown> =>
    it_.core.ask('settings.set', { patch: { linkPreviews } });
  /** What there is to show for the link in a message. */
  const preview = async (address = `${base}/${String(++links)}`, from = romeo): Promise<LinkPreview> => {
    it_.send(
      `<message xmlns='jabber:client' type='chat' from='${from}/x' to='${own}'><body>see ${address}</body></message>`,
    );
    const message = await it_.core.until(
      async () => (await it_.messages(from)).find(({ body }) => body === `see ${address}`),
      'the message',
    );
    return it_.core.ask('link.preview', { account: it_.account, id: message.id, url: address });
  };
  const none = { is: 'none' };

  it('T17 nothing is asked for before the user said yes, nor after a no', async () => {
    expect(await preview()).toEqual({ is: 'ask' });
    await choose('off');
    expect(await preview()).toEqual(none);
    expect(asked).toEqual([]);
    await choose('on');
    expect(await preview()).toMatchObject({ is: 'card', title: 'Verona', host: new URL(base).host });
    expect(asked).toHaveLength(1);
  });

  it('T17 links of strangers are never followed', async () => {
    await choose('on');
    expect(await preview(`${base}/bait`, mallory)).toEqual(none);
    expect(asked).toEqual([]);
  });

  it('a page that cannot answer now is asked again, one that is not there is not', async () => {
    await choose('on');
    for (const [status, then] of [
      [503, { is: 'card', title: 'Verona' }],
      [429, { is: 'card', title: 'Verona' }],
      [404, none],
    ] as const) {
      const address = `${base}/${String(status)}`;
      answer = (_, response) => response.writeHead(status).end();
      expect(await preview(address)).toEqual(none);
      answer = page;
      expect(await preview(address)).toMatchObject(then);
    }
  });

  it('T17 only what stands in the message is asked for', async () => {
    await choose('on');
    it_.send(
      `<message xmlns='jabber:client' type='chat' from='${romeo}/x' to='${own}'><body>no link</body></message>`,
    );
    const message = await it_.core.until(
      async () => (await it_.messages(romeo)).find(({ body }) => body === 'no link'),
      'the message',
    );
    const { account } = it_;
    expect(await it_.core.ask('link.preview', { account, id: message.id, url: `${base}/x` })).toEqual(none);
    expect(asked).toEqual([]);
  });

  it('T17 what is kept of a page goes with the message that names it, and no other page', async () => {
    await choose('on');
    const [gone, stays] = [`${base}/gone`, `${base}/stays`];
    for (const address of [gone, stays]) await preview(address);
    const kept = () => readdirSync(join(it_.core.dir, 'pictures', it_.account)).length;
    expect(kept()).toBe(2);
    const message = (await it_.messages(romeo)).find(({ body }) => body === `see ${gone}`);
    await it_.core.ask('message.delete', { account: it_.account, peer: romeo, ids: [message?.id ?? 0] });
    expect(kept()).toBe(1);
    await preview(stays);
    expect(asked.map(({ url }) => url)).toEqual(['/gone', '/stays']);
  });

  it('T17 neither cookies nor where one comes from are sent, and a page is asked once', async () => {
    await choose('on');
    const address = `${base}/once`;
    await preview(address);
    await preview(address);
    await preview(`${base}/other`);
    expect(asked.map(({ url }) => url)).toEqual(['/once', '/other']);
    for (const { headers } of asked) {
      expect(Object.keys(headers).sort()).toEqual(['accept', 'connection', 'host']);
    }
  });

  it('T17 no address in a network that is not the internet, at once or after a redirect', async () => {
    await choose('on');
    for (const address of [
      'https://127.0.0.1/',
      'https://10.0.0.1/',
      'https://192.168.1.1/router',
      'https://[::1]/',
      'https://169.254.169.254/latest/meta-data/',
      'http://192.0.2.1/plain',
      'https://me:word@example.org/',
    ]) {
      expect(await preview(address), address).toEqual(none);
    }
    for (const target of [
      'http://10.0.0.1/',
      'https://192.168.1.1/',
      'file:///etc/passwd',
      'https://[::1]/',
    ]) {
      answer = (_, response) => response.writeHead(302, { location: target }).end();
      expect(await preview(), target).toEqual(none);
    }
    expect(asked).toHaveLength(4);
    await it_.livesOn();
  });

  it('T17 a picture in such a network is left out, one that is none too', async () => {
    await choose('on');
    for (const picture of ['https://10.0.0.1/p.png', `${base}/none.png`]) {
      answer = ({ url }, response) =>
        url?.endsWith('none.png')
          ? response.writeHead(200).end('<svg/>')
          : response.writeHead(200).end(`<title>T</title><meta property="og:image" content="${picture}">`);
      expect(await preview(), picture).toMatchObject({ is: 'card', title: 'T', picture: null });
    }
  });

  const enters = (nick: string, affiliation: string, more = '', where = room): string =>
    `<presence xmlns='jabber:client' from='${where}/${nick}' to='${own}/flint'><x xmlns='http://jabber.org/protocol/muc#user'>` +
    `<item affiliation='${affiliation}' role='participant'/>${more}</x></presence>`;
  /** Goes into the room with Tybalt. @returns what there is to show for a link that one of both says */
  const inRoom = async (affiliation: string, where = room) => {
    const { core, account, guest } = it_;
    void core.ask('room.join', { account, peer: where, nick: 'juliet', password: null, create: false });
    await core.until(() => guest.received.find((frame) => frame.includes(`to="${where}/juliet"`)), 'a join');
    it_.send(
      enters('tybalt', affiliation, '', where),
      enters('juliet', affiliation, "<status code='110'/>", where),
    );
    /** @param meanwhile what the room sends before the link is looked at, and a word of Romeo's after it */
    return async (path: string, nick = 'tybalt', meanwhile: readonly string[] = []): Promise<LinkPreview> => {
      const body = `${base}${path}`;
      it_.send(
        `<message xmlns='jabber:client' type='groupchat' from='${where}/${nick}' to='${own}'><body>${body}</body></message>`,
      );
      const { id } = await core.until(
        async () => (await it_.messages(where)).find((one) => one.body === body),
        'the message',
      );
      if (meanwhile.length > 0) {
        const after = `after ${body}`;
        it_.send(
          ...meanwhile,
          `<message xmlns='jabber:client' type='chat' from='${romeo}/x' to='${own}'><body>${after}</body></message>`,
        );
        await core.until(
          async () => (await it_.messages(romeo)).find((one) => one.body === after),
          'all that was sent meanwhile',
        );
      }
      return core.ask('link.preview', { account, id, url: body });
    };
  };

  it('T17 T31 in a private group a member is no stranger, one of whom nothing is known is; nobody is a member of an open room', async () => {
    await choose('on');
    const elsewhere = base.replace('localhost', '127.0.0.1');
    answer = ({ url = '' }, response) => {
      if (url.startsWith('/to')) response.writeHead(302, { location: `${elsewhere}/page` }).end();
      else response.end('<title>Verona</title>');
    };
    features = ['muc_membersonly'];
    const says = await inRoom('member');
    expect(await says('/to-1')).toMatchObject({ is: 'card', title: 'Verona' });
    expect(await says('/to-2', 'nobody-there')).toEqual(none);
    // Who has the nick now is a member; who said it then is not here to ask.
    const leaves = `<presence xmlns='jabber:client' type='unavailable' from='${room}/tybalt' to='${own}/flint'/>`;
    expect(await says('/to-3', 'tybalt', [leaves, enters('tybalt', 'member')])).toEqual(none);
    expect(await says('/to-4')).toMatchObject({ is: 'card', title: 'Verona' });
  });

  it('T31 nobody is a member on the word of another server', async () => {
    await choose('on');
    const elsewhere = base.replace('localhost', '127.0.0.1');
    answer = (_, response) => response.writeHead(302, { location: `${elsewhere}/page` }).end();
    features = ['muc_membersonly'];
    const says = await inRoom('owner', foreign);
    expect(await says('/to-5')).toEqual(none);
    expect(asked.map(({ url }) => url)).toEqual(['/to-5']);
  });

  it('T17 T31 in a room only our own server is asked, not what its pages name nor where it leads on', async () => {
    await choose('on');
    const says = await inRoom('member');
    // The server is at `localhost`; whoever is asked here would be somebody else.
    const elsewhere = base.replace('localhost', '127.0.0.1');
    answer = ({ url = '' }, response) => {
      if (url.endsWith('.png')) response.end(pngOf(20, [200, 40, 40]));
      else if (url === '/leads-on') response.writeHead(302, { location: `${elsewhere}/page` }).end();
      else {
        const picture = url === '/names' ? `${elsewhere}/p.png` : '/own.png';
        response.end(`<title>Verona</title><meta property="og:image" content="${picture}">`);
      }
    };
    expect(await says('/names')).toMatchObject({ is: 'card', title: 'Verona', picture: null });
    expect(await says('/leads-on')).toEqual(none);
    expect(await says('/own')).toMatchObject({ is: 'card', picture: { width: 20, height: 20 } });
    expect(asked.map(({ url }) => url)).toEqual(['/names', '/leads-on', '/own', '/own.png']);
    // Of a contact it is looked at.
    expect(await preview(`${base}/leads-on`)).toMatchObject({ is: 'card', title: 'Verona' });
  });

  it('a picture that may be drawn comes with it', async () => {
    await choose('on');
    answer = ({ url }, response) =>
      url === '/p.png'
        ? response.writeHead(200).end(pngOf(20, [200, 40, 40]))
        : response.writeHead(200).end('<title>T</title><meta property="og:image" content="/p.png">');
    expect(await preview()).toMatchObject({ is: 'card', picture: { width: 20, height: 20 } });
  });

  it('T17 what has nothing to show is asked once, like everything else: a link is no receipt', async () => {
    await choose('on');
    answer = ({ url = '' }, response) => {
      if (url === '/gone') response.writeHead(404).end();
      else if (url === '/untitled') response.end('<p>hello</p>');
      else if (url === '/none.png') response.end('<svg/>');
      else if (url === '/breaks') response.destroy();
      else response.end('<title>T</title><meta property="og:image" content="/none.png">');
    };
    for (const path of ['/gone', '/untitled', '/titled', '/breaks']) {
      const first = await preview(`${base}${path}`);
      expect(await preview(`${base}${path}`), path).toEqual(first);
    }
    const paths = asked.map(({ url }) => url);
    // A line that broke says nothing of what is there.
    expect(paths).toEqual(['/gone', '/untitled', '/titled', '/none.png', '/breaks', '/breaks']);
  });

  it('a picture’s address is relative to where the page was in the end', async () => {
    await choose('on');
    answer = ({ url }, response) => {
      if (url === '/there/p.png') response.end(pngOf(20, [200, 40, 40]));
      else if (url === '/there/page')
        response.end('<title>T</title><meta property="og:image" content="p.png">');
      else response.writeHead(302, { location: '/there/page' }).end();
    };
    expect(await preview()).toMatchObject({ is: 'card', picture: { width: 20, height: 20 } });
  });

  it('a page that answers after the account went leaves nothing behind', async () => {
    await choose('on');
    await preview();
    const folder = join(it_.core.dir, 'pictures', it_.account);
    expect(existsSync(folder)).toBe(true);
    const slow = new Promise<ServerResponse>((resolve) => {
      answer = (_, response) => {
        resolve(response);
      };
    });
    const late = preview();
    const response = await slow;
    const hungUp = new Promise((resolve) => response.once('close', resolve));
    await it_.core.ask('account.signOut', { account: it_.account });
    response.end('<title>late</title>');
    await hungUp;
    expect(await late).toEqual(none);
    expect(existsSync(folder)).toBe(false);
  });

  it('T17 of a page without an end no more than its head is read; what is no page is left at once', async () => {
    await choose('on');
    let written = 0;
    const endless =
      (piece: string): Answer =>
      (_, response) => {
        response.writeHead(200);
        const more = (): void => {
          while (!response.destroyed && response.write(piece)) written += piece.length;
        };
        response.on('drain', more);
        more();
      };
    answer = endless('<meta name="x" content="y">'.repeat(1_000));
    expect(await preview()).toEqual(none);
    expect(written).toBeLessThan(16_000_000);
    answer = endless('GIF89a'.repeat(10_000));
    expect(await preview()).toEqual(none);
    await it_.livesOn();
  });
});
