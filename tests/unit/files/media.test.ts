import { describe, expect, it } from 'vitest';
import { byteRange } from '../../../src-main/desktop/byte-range';
import { mediaKind, mediaType } from '../../../src-shared/model/media-file';
import { wavOf } from '../../support/media';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const file = (name: string, type: string | null = null) => ({
  ...{ url: `https://upload.example.org/${name}`, name, type },
  ...{ size: null, width: null, height: null, sha256: null },
});

describe('sound and video', () => {
  it('T20 are what their first bytes say: MP4, WebM, Ogg, MP3, WAV and FLAC, nothing else', () => {
    const good: Readonly<Record<string, Buffer>> = {
      'video/mp4': bytes('\0\0\0\x20ftypisom\0\0\0\0'),
      'video/webm': bytes('\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webmB\x87\x81\x02'),
      'audio/ogg': bytes('OggS\0\x02'),
      'audio/mpeg': bytes('ID3\x04\0'),
      'audio/flac': bytes('fLaC\0'),
      'audio/wav': wavOf(0.01),
    };
    for (const [type, head] of Object.entries(good)) expect(mediaType(head), type).toBe(type);
    expect(mediaType(bytes('\xff\xfb\x90\x64'))).toBe('audio/mpeg');
    for (const bad of [
      '',
      '#EXTM3U\nhttp://10.0.0.1/a.ts',
      '<html><script>alert(1)</script>',
      // Matroska that is no WebM, a RIFF that is no WAVE, ADTS, a frame of a rate that there is not.
      '\x1aE\xdf\xa3\x9fB\x82\x88matroska',
      'RIFF\0\0\0\0AVI LIST',
      '\xff\xf1\x50\x80',
      '\xff\xfb\xf0\x64',
      'FLV\x01',
      '.RMF',
    ])
      expect(mediaType(bytes(bad)), JSON.stringify(bad)).toBeNull();
  });

  it('are known by their type, else by their name', () => {
    expect(mediaKind(file('song.mp3'))).toBe('audio');
    expect(mediaKind(file('song', 'audio/ogg'))).toBe('audio');
    expect(mediaKind(file('clip.mp4'))).toBe('video');
    expect(mediaKind(file('clip.mkv'))).toBeNull();
    expect(mediaKind(file('page.html', 'text/html'))).toBeNull();
    expect(mediaKind({ ...file('clip.mp4'), direct: { state: 'offered' } })).toBeNull();
  });

  it('are given in the pieces that are asked for (RFC 9110 §14.1.2)', () => {
    expect(byteRange(null, 100)).toBeNull();
    expect(byteRange('bytes=0-', 100)).toEqual([0, 100]);
    expect(byteRange('bytes=10-19', 100)).toEqual([10, 20]);
    expect(byteRange('bytes=90-500', 100)).toEqual([90, 100]);
    expect(byteRange('bytes=-10', 100)).toEqual([90, 100]);
    expect(byteRange('bytes=-500', 100)).toEqual([0, 100]);
    expect(byteRange('bytes=100-', 100)).toBe('none');
    expect(byteRange('bytes=-0', 100)).toBe('none');
    for (const odd of ['bytes=-', 'bytes=5-2', 'bytes=0-1,4-5', 'lines=0-1', 'bytes=a-b'])
      expect(byteRange(odd, 100), odd).toBeNull();
  });
});
