import { describe, expect, it } from 'vitest';
import { countOf } from '../../../src-main/xmpp/stream/acknowledgements';
import { resumesSafely } from '../../../src-main/xmpp/stream/software';
import { enabledIn } from '../../../src-main/xmpp/stream/stream-management';
import { xml } from '../../../src-main/xmpp/stream/xml';

const sm = 'urn:xmpp:sm:3';
const enabled = (attrs: Readonly<Record<string, string>>, endpoint = 'wss://a.example:7443/ws/') =>
  enabledIn(xml('enabled', { xmlns: sm, ...attrs }), new URL(endpoint));

describe('<enabled/>', () => {
  it('is with resumption only where it says so and names the session', () => {
    expect(enabled({ id: 'x', resume: 'true', max: '300' })).toEqual({
      version: sm,
      resume: { id: 'x', max: 300, location: null },
    });
    expect(enabled({ id: 'x', resume: '1' }).resume?.max).toBeNull();
    expect(enabled({ id: 'x' }).resume).toBeNull();
    expect(enabled({ resume: 'true' }).resume).toBeNull();
  });

  it.each([
    ['b.example', 'wss://a.example:7443/ws/', 'wss://b.example:7443/ws/'],
    ['b.example:5281', 'wss://a.example:7443/ws/', 'wss://b.example:5281/ws/'],
    ['[2001:db8::1]:5281', 'wss://a.example:7443/ws/', 'wss://[2001:db8::1]:5281/ws/'],
    ['wss://b.example/xmpp', 'ws://a.example:7070/ws/', 'wss://b.example/xmpp'],
    ['ws://b.example/xmpp', 'ws://a.example:7070/ws/', 'ws://b.example/xmpp'],
    ['ws://b.example/xmpp', 'wss://a.example:7443/ws/', null],
    ['https://b.example/', 'wss://a.example:7443/ws/', null],
    ['wss://u:p@b.example/', 'wss://a.example:7443/ws/', null],
    ['a.example', 'wss://a.example:7443/ws/', null],
    ['not a host', 'wss://a.example:7443/ws/', null],
  ])('T26 location %s of %s is %s', (location, endpoint, expected) => {
    expect(enabled({ id: 'x', resume: 'true', location }, endpoint).resume?.location).toBe(expected);
  });
});

describe('counts', () => {
  it.each([
    ['0', 0],
    ['4294967295', 2 ** 32 - 1],
    ['4294967296', null],
    ['-1', null],
    ['1.5', null],
    ['', null],
    [undefined, null],
  ])('R4 %s is %s', (text, count) => {
    expect(countOf(text)).toBe(count);
  });
});

describe('software', () => {
  it.each([
    ['Openfire 4.2.0', false],
    ['Openfire Server 4.7.5', false],
    ['Openfire 4.8.0', true],
    ['Openfire 5.0.1', true],
    ['Openfire', false],
    ['Prosody 0.12.3', true],
    ['ejabberd 23.01', true],
    [null, true],
  ])('R26 %s resumes and means it: %s', (software, expected) => {
    expect(resumesSafely(software)).toBe(expected);
  });
});
