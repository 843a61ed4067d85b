import type { CertificateQuestion, Failure, FailureCode, StepId } from '../../../src-shared/model/connection';

/** An expected failure on the walk to a session. */
export interface Failed {
  readonly ok: false;
  readonly failure: Failure;
  readonly certificate: CertificateQuestion | null;
}

export const failedWith = (failure: Failure, certificate: CertificateQuestion | null = null): Failed => ({
  ok: false,
  failure,
  certificate,
});

export const failedAt = (
  step: StepId,
  code: FailureCode,
  params: Readonly<Record<string, string>> = {},
): Failed => failedWith({ code, step, params });

/** A condition of RFC 6120 and, where the server has any, its own words. */
export const conditionParams = (condition: string, text: string | null): Readonly<Record<string, string>> =>
  text === null ? { condition } : { condition, text };
