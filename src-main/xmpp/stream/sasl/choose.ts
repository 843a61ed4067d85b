import type { FailureCode } from '../../../../src-shared/model/connection';
import { scramHashes, type ScramMechanism } from './scram';

export type Mechanism = ScramMechanism | 'PLAIN';
export type Choice =
  | { readonly ok: true; readonly mechanism: Mechanism }
  | {
      readonly ok: false;
      readonly code: Extract<FailureCode, 'plain-refused' | 'scram-lost' | 'no-mechanism'>;
      readonly params: Readonly<Record<string, string>>;
    };

export interface ChoosePolicy {
  /** The line is encrypted: wss. A plain line to this very computer is a plain line. */
  readonly encrypted: boolean;
  readonly allowPlain: boolean;
  readonly scramSeen: boolean;
}

const strongestFirst = Object.keys(scramHashes) as ScramMechanism[];

/**
 * T27: the strongest SCRAM; PLAIN only where the user allowed it, or over TLS for an account where SCRAM never worked.
 * CRAM-MD5 and DIGEST-MD5 are never chosen: they are broken, and Openfire 4.2 still offers them.
 */
export const chooseMechanism = (offered: readonly string[], policy: ChoosePolicy): Choice => {
  const scram = strongestFirst.find((mechanism) => offered.includes(mechanism));
  if (scram) return { ok: true, mechanism: scram };
  if (!offered.includes('PLAIN')) {
    return { ok: false, code: 'no-mechanism', params: { offered: offered.join(', ') } };
  }
  if (policy.allowPlain) return { ok: true, mechanism: 'PLAIN' };
  if (policy.scramSeen) return { ok: false, code: 'scram-lost', params: {} };
  return policy.encrypted
    ? { ok: true, mechanism: 'PLAIN' }
    : { ok: false, code: 'plain-refused', params: {} };
};
