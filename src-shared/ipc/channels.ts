/** The channels between window and main; apart from the contract, so that the preload script stays free of schemas. */
export const channels = { call: 'flint:call', batch: 'flint:batch', files: 'flint:files' } as const;
