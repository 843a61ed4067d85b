import { describe, expect, it } from 'vitest';
import { ssdpHash } from '../../../src-main/xmpp/stream/sasl/downgrade';
import { ScramClient, type ScramOptions } from '../../../src-main/xmpp/stream/sasl/scram';

const offer = { mechanisms: ['SCRAM-SHA-1'], channelBindings: [] };
const client = (more: Partial<ScramOptions> = {}): ScramClient =>
  new ScramClient({
    mechanism: 'SCRAM-SHA-1',
    username: 'user',
    password: 'pencil',
    nonce: 'fyko+d2lbbFgONRv9qkxdawL',
    offer,
    ...more,
  });
const first = 'r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096';

describe('SCRAM', () => {
  it('RFC 5802 §5: the example with SHA-1', async () => {
    const scram = client();
    expect(scram.first()).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL');
    expect(await scram.final(first)).toEqual({
      ok: true,
      message: 'c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=',
    });
    expect(scram.verified).toBe(false);
    expect(scram.verify('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBeNull();
    expect(scram.verified).toBe(true);
  });

  it('RFC 7677 §3: the example with SHA-256', async () => {
    const scram = client({ mechanism: 'SCRAM-SHA-256', nonce: 'rOprNGfwEbeRWgbNEkqO' });
    const answer = await scram.final(
      'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
    );
    expect(answer).toEqual({
      ok: true,
      message:
        'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
    });
    expect(scram.verify('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBeNull();
  });

  it('escapes commas and equals signs in names', () => {
    expect(client({ username: 'a=b,c' }).first()).toContain('n=a=3Db=2Cc,');
  });

  it('T28 refuses a wrong, short, missing or premature signature', async () => {
    const scram = client();
    expect(scram.verify('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toMatchObject({ code: 'server-forged' });
    await scram.final(first);
    for (const final of ['v=', '', 'v=rmF9', 'v=smF9pqV8S7suAoZWja4dJRkFsKQ=']) {
      expect(scram.verify(final)).toMatchObject({ code: 'server-forged' });
    }
    expect(scram.verify('e=other-error')).toMatchObject({
      code: 'auth-failed',
      params: { condition: 'other-error' },
    });
    expect(scram.verified).toBe(false);
  });

  it.each(['1', '4095', '1000001', '4294967296', '0'])('T28 refuses %s rounds', async (rounds) => {
    expect(await client().final(first.replace('4096', rounds))).toEqual({
      ok: false,
      code: 'weak-scram',
      params: { iterations: rounds },
    });
  });

  it('T28 refuses a nonce that is not an extension of ours', async () => {
    for (const nonce of ['fyko+d2lbbFgONRv9qkxdawL', 'somebody-elses']) {
      expect(await client().final(`r=${nonce},s=QSXCR+Q6sek8bf92,i=4096`)).toMatchObject({
        code: 'server-forged',
      });
    }
  });

  it.each(['', 'r=x', 'm=ext,' + first, first.replace('QSXCR+Q6sek8bf92', ''), first.replace('4096', '4e3')])(
    'gives up on %j',
    async (message) => {
      expect(await client().final(message)).toMatchObject({ ok: false });
    },
  );

  it('takes one challenge only', async () => {
    const scram = client();
    await scram.final(first);
    expect(await scram.final(first)).toMatchObject({ code: 'auth-failed' });
  });

  it('T28 XEP-0474: takes the right hash over what was offered and refuses another', async () => {
    const wide = {
      mechanisms: ['SCRAM-SHA-1', 'SCRAM-SHA-1-PLUS'],
      channelBindings: ['tls-server-end-point', 'tls-exporter'],
    };
    const announced = ssdpHash('sha1', wide);
    expect(await client({ offer: wide }).final(`${first},h=${announced}`)).toMatchObject({ ok: true });
    expect(await client({ offer }).final(`${first},h=${announced}`)).toMatchObject({ code: 'server-forged' });
  });
});
