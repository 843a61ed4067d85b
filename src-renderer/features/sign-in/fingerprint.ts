/** A fingerprint in groups of four bytes, so that two people can read it to each other. */
export const fingerprintGroups = (fingerprint: string): readonly string[] => {
  const bytes = fingerprint.split(':');
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 4) groups.push(bytes.slice(at, at + 4).join(':'));
  return groups;
};

/** Which groups differ from those of the certificate trusted before. */
export const changedGroups = (now: string, before: string): ReadonlySet<number> => {
  const old = fingerprintGroups(before);
  return new Set(fingerprintGroups(now).flatMap((group, index) => (group === old[index] ? [] : [index])));
};

/** The common name of a distinguished name (`CN=northgate.example, O=…`), or the whole of it. */
export const commonName = (name: string): string =>
  /(?:^|[,\n/]\s*)CN=([^,\n/]+)/i.exec(name)?.[1]?.trim() ?? name;
