/** The shape of node:dns `lookup`, as node:tls and ws take it. */
export type LookupFunction = (
  hostname: string,
  options: { readonly all?: boolean | undefined },
  callback: (
    error: Error | null,
    address: string | { address: string; family: number }[],
    family?: number,
  ) => void,
) => void;
