import type { FailureCode } from '../../../../src-shared/model/connection';
import { mechanisms, type Mechanism } from '../../../../src-shared/model/account';

export type Choice =
  | { readonly ok: true; readonly mechanism: Mechanism }
  | {
      readonly ok: false;
      readonly code: Extract<
        FailureCode,
        'plain-refused' | 'scram-lost' | 'no-mechanism' | 'mechanism-missing'
      >;
      readonly params: Readonly<Record<string, string>>;
    };

export interface ChoosePolicy {
  /** The line is encrypted: wss. A plain line to this very computer is a plain line. */
  readonly encrypted: boolean;
  readonly allowPlain: boolean;
  readonly scramSeen: boolean;
  /** What the user chose. */
  readonly wanted: Mechanism | null;
}

/**
 * T27: the strongest SCRAM; PLAIN only where the user chose or allowed it, or over TLS for an account where SCRAM never worked: and
 * readable on the line only where it was allowed. CRAM-MD5 and DIGEST-MD5 are never chosen: they are broken, and Openfire 4.2 still
 * offers them.
 */
export const chooseMechanism = (offered: readonly string[], policy: ChoosePolicy): Choice => {
  const { wanted } = policy;
  if (wanted !== null && !offered.includes(wanted)) {
    return { ok: false, code: 'mechanism-missing', params: { wanted, offered: offered.join(', ') } };
  }
  const mechanism = wanted ?? mechanisms.find((one) => offered.includes(one));
  if (mechanism === undefined) {
    return { ok: false, code: 'no-mechanism', params: { offered: offered.join(', ') } };
  }
  if (mechanism !== 'PLAIN' || policy.allowPlain) return { ok: true, mechanism };
  if (policy.scramSeen && wanted === null) return { ok: false, code: 'scram-lost', params: {} };
  return policy.encrypted ? { ok: true, mechanism } : { ok: false, code: 'plain-refused', params: {} };
};
