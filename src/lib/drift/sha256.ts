/** Computes a SHA-256 hash (32 bytes). */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** The platform's SHA-256; `null` on a page loaded over plain http, where browsers don't provide it. */
export function platformSha256(): Sha256 | null {
	const subtle = typeof crypto === 'undefined' ? undefined : crypto?.subtle;
	if (!subtle) return null;
	return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
}
