import * as tls from 'node:tls';

type CaCertificates = (type: 'system') => string[];
const contexts = new Map<string, tls.SecureContext>();

/**
 * A TLS context that trusts what Node trusts (NODE_EXTRA_CA_CERTS included), what the system trusts where this Node can
 * tell (22.15 and newer; offices have authorities of their own), and `extra` (PEM).
 */
export const trustedContext = (extra: readonly string[]): tls.SecureContext => {
  const key = extra.join('\n');
  const known = contexts.get(key);
  if (known) return known;
  const context = tls.createSecureContext({ minVersion: 'TLSv1.2' });
  // A `ca` option would replace the built-in authorities and NODE_EXTRA_CA_CERTS; adding keeps them.
  const store = context.context as { addCACert(pem: string): void };
  for (const pem of [...systemAuthorities(), ...extra]) {
    try {
      store.addCACert(pem);
    } catch {
      // One that this TLS library cannot read: not trusting it is safe.
    }
  }
  contexts.set(key, context);
  return context;
};

const systemAuthorities = (): readonly string[] => {
  const getCaCertificates = (tls as { getCACertificates?: CaCertificates }).getCACertificates;
  try {
    return getCaCertificates?.('system') ?? [];
  } catch {
    return [];
  }
};
