/** SHA-256 of some bytes: 32 of them. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** The platform's SHA-256; `null` in a page loaded over plain http, where browsers have none. */
export function platformSha256(): Sha256 | null {
	const subtle = typeof crypto === 'undefined' ? undefined : crypto?.subtle;
	if (!subtle) return null;
	return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
}
