/** Versions of the fingerprint. Pages read them without the texts that it hashes. */

/**
 * Version of what the fingerprint hashes. Users store fingerprints, so any other list of texts or form of a part is a new
 * version.
 */
export const FINGERPRINT_VERSION = 'bpe-lab-drift-v2';

/** Version of earlier releases, which hashed only ids and decoded text of a list of texts. */
export const FORMER_VERSION = 'bpe-lab-drift-v1';

export const versionOf = (fingerprint: string): string =>
	fingerprint.slice(0, fingerprint.indexOf(':'));

/** Fingerprints of a tokenizer; `null` if they are unknown, or without SHA-256. */
export interface Fingerprints {
	readonly fingerprint: string | null;
	/** As {@link FORMER_VERSION} hashed it, by which links of earlier releases name a tokenizer. */
	readonly formerFingerprint: string | null;
}
