import { describe, expect, it } from 'vitest';
import { chooseMechanism } from '../../../src-main/xmpp/stream/sasl/choose';

const plainLine = { encrypted: false, allowPlain: false, scramSeen: false, wanted: null };
const tls = { ...plainLine, encrypted: true };

describe('choice of a mechanism', () => {
  it('takes the strongest SCRAM, whatever the order of the offer', () => {
    const offered = ['PLAIN', 'SCRAM-SHA-1', 'DIGEST-MD5', 'SCRAM-SHA-512', 'SCRAM-SHA-256'];
    expect(chooseMechanism(offered, plainLine)).toEqual({ ok: true, mechanism: 'SCRAM-SHA-512' });
    expect(chooseMechanism(['SCRAM-SHA-1', 'PLAIN'], { ...tls, allowPlain: true })).toEqual({
      ok: true,
      mechanism: 'SCRAM-SHA-1',
    });
  });

  it('T27 never sends the password over a line that is not encrypted, unless allowed', () => {
    expect(chooseMechanism(['PLAIN'], plainLine)).toMatchObject({ code: 'plain-refused' });
    expect(chooseMechanism(['PLAIN'], { ...plainLine, allowPlain: true })).toEqual({
      ok: true,
      mechanism: 'PLAIN',
    });
    expect(chooseMechanism(['PLAIN'], tls)).toEqual({ ok: true, mechanism: 'PLAIN' });
  });

  it('T27 asks before PLAIN where SCRAM worked before', () => {
    expect(chooseMechanism(['PLAIN'], { ...tls, scramSeen: true })).toMatchObject({ code: 'scram-lost' });
    expect(chooseMechanism(['PLAIN'], { ...plainLine, scramSeen: true })).toMatchObject({
      code: 'scram-lost',
    });
    expect(chooseMechanism(['PLAIN'], { ...tls, scramSeen: true, allowPlain: true })).toMatchObject({
      ok: true,
    });
  });

  it('takes the one that the user chose, and no other', () => {
    const offered = ['PLAIN', 'SCRAM-SHA-1', 'SCRAM-SHA-256'];
    for (const wanted of ['SCRAM-SHA-1', 'PLAIN'] as const)
      expect(chooseMechanism(offered, { ...tls, scramSeen: true, wanted })).toEqual({
        ok: true,
        mechanism: wanted,
      });
    expect(chooseMechanism(offered, { ...tls, wanted: 'SCRAM-SHA-512' })).toEqual({
      ok: false,
      code: 'mechanism-missing',
      params: { wanted: 'SCRAM-SHA-512', offered: 'PLAIN, SCRAM-SHA-1, SCRAM-SHA-256' },
    });
  });

  it('T27 a chosen PLAIN too is readable on a line only where that was allowed', () => {
    const wanted = 'PLAIN';
    expect(chooseMechanism(['PLAIN', 'SCRAM-SHA-1'], { ...plainLine, wanted })).toMatchObject({
      code: 'plain-refused',
    });
    expect(chooseMechanism(['PLAIN'], { ...plainLine, allowPlain: true, wanted })).toMatchObject({
      ok: true,
    });
  });

  it.each([[[]], [['DIGEST-MD5', 'CRAM-MD5']], [['ANONYMOUS', 'SCRAM-SHA-1-PLUS']]])(
    'refuses %j',
    (offered) => {
      expect(chooseMechanism(offered, { ...tls, allowPlain: true })).toEqual({
        ok: false,
        code: 'no-mechanism',
        params: { offered: offered.join(', ') },
      });
    },
  );
});
