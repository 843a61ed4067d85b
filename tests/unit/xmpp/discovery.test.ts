import { describe, expect, it } from 'vitest';
import { endpointsOf, parseEndpoint, usualEndpoints } from '../../../src-main/xmpp/discovery/endpoint';
import { announcedEndpoints } from '../../../src-main/xmpp/discovery/host-meta';
import { followed } from '../../../src-main/xmpp/stream/redirect';
import type { Http } from '../../../src-main/ports';

const rel = 'urn:xmpp:alt-connections:websocket';
const json = (...hrefs: readonly string[]): string =>
  JSON.stringify({ links: hrefs.map((href) => ({ rel, href })) });
const xrd = (...hrefs: readonly string[]): string =>
  `<?xml version='1.0' encoding='utf-8'?>\n<XRD xmlns='http://docs.oasis-open.org/ns/xri/xrd-1.0'>${hrefs
    .map((href) => `<Link rel='${rel}' href='${href}'/>`)
    .join('')}<Link rel='urn:xmpp:alt-connections:xbosh' href='https://x.example/bosh'/></XRD>`;
const announced = async (files: Readonly<Record<string, string>>, asked: string[] = []) => {
  const http: Http = {
    get: (url) => {
      asked.push(url);
      const body = files[url.split('/').at(-1) ?? ''];
      return Promise.resolve(
        body === undefined ? { ok: true, status: 404, body: '<html>' } : { ok: true, status: 200, body },
      );
    },
  };
  return announcedEndpoints('x.example', http, 1000);
};

describe('discovery', () => {
  it('reads host-meta in both forms', async () => {
    expect(await announced({ 'host-meta.json': json('wss://x.example:5443/ws') })).toEqual([
      'wss://x.example:5443/ws',
    ]);
    expect(await announced({ 'host-meta': xrd('wss://a.example/ws/', 'wss://b.example/ws/') })).toEqual([
      'wss://a.example/ws/',
      'wss://b.example/ws/',
    ]);
    expect(await announced({})).toEqual([]);
  });

  it('T26 asks over https only and passes over ws://', async () => {
    const asked: string[] = [];
    const found = await announced(
      { 'host-meta.json': json('ws://x.example/ws', 'http://x.example', 'wss://x.example/ws') },
      asked,
    );
    expect(found).toEqual(['wss://x.example/ws']);
    expect(asked.length).toBe(2);
    for (const url of asked) expect(url).toMatch(/^https:\/\/x\.example\//);
    expect(await announced({ 'host-meta': xrd('ws://x.example/ws') })).toEqual([]);
    for (const url of usualEndpoints('x.example')) expect(url).toMatch(/^wss:/);
  });

  it('T26 looks at a typed host where servers usually are, at a typed port wherever they listen, encrypted only', () => {
    const hrefs = (typed: string): readonly (string | undefined)[] =>
      endpointsOf(typed).map((url) => url?.href);
    expect(hrefs('chat.example')).toEqual(usualEndpoints('chat.example'));
    expect(hrefs('chat.example:7070')).toEqual([
      'wss://chat.example:7070/ws/',
      'wss://chat.example:7070/xmpp-websocket',
      'wss://chat.example:7070/ws',
    ]);
    expect(hrefs('ws://chat.example:7070/ws/')).toEqual(['ws://chat.example:7070/ws/']);
    expect(hrefs('chat.example/ws')).toEqual([undefined]);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{"links":7}',
    '{"links":[null,{"rel":7},{"rel":"urn:xmpp:alt-connections:websocket"}]}',
    '<a>',
    '<!DOCTYPE x><XRD/>',
  ])('makes nothing of %j', async (body) => {
    expect(await announced({ 'host-meta.json': body, 'host-meta': body })).toEqual([]);
  });

  it.each([
    ['wss://x.example:7443/ws/', true],
    [' ws://127.0.0.1:7070/ws/ ', true],
    ['wss://[::1]:7443/ws/', true],
    ['https://x.example', false],
    ['x.example:7443', false],
    ['wss://', false],
    ['wss://user:pw@x.example/', false],
    ['wss://x.example/#a', false],
    ['', false],
  ])('takes %j for an endpoint: %s', (text, expected) => {
    expect(parseEndpoint(text) !== null).toBe(expected);
  });
});

describe('redirects of the upgrade', () => {
  it.each([
    ['ws://h.example:7070/ws', 'http://h.example:7070/ws/', 'ws://h.example:7070/ws/'],
    ['ws://h.example:7070/ws', '/ws/', 'ws://h.example:7070/ws/'],
    ['ws://h.example:7070/ws', 'https://h.example:7443/ws/', 'wss://h.example:7443/ws/'],
    ['wss://h.example:7443/ws', 'http://h.example:7443/ws/', null],
    ['wss://h.example:7443/ws', 'https://evil.example:7443/ws/', null],
    ['ws://h.example:7070/ws', 'http://h.example:9090/login', null],
    ['ws://h.example:7070/ws', 'http://h.example:7070/ws', null],
    ['ws://h.example:7070/ws', 'http://[', null],
  ])('T26 from %s to %s: %s', (from, location, expected) => {
    expect(followed(new URL(from), location)?.href ?? null).toBe(expected);
  });
});
