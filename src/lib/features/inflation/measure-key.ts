/** Keys under which measures are cached beyond a visit. */
import { hex, platformSha256 } from '../../drift/fingerprint';
import { VOCABULARY_ADDRESSES } from '../../session/downloads/vocabularies';
import { LANGUAGE_TEXTS } from '../../session/downloads/language-texts';

/** Raise it when the measure of the same tokens and texts changes. */
export const EDITION = 1;

/** Everything that determines the measures of a tokenizer. */
export interface MeasureSources {
	/** Address of the catalogue's packed vocabulary, with the hash of its content in a build. */
	readonly vocabulary: string | undefined;
	/** Address of the texts, likewise. */
	readonly texts: string;
	/** The packed file of a tokenizer that is not the catalogue's. */
	readonly file: Uint8Array | undefined;
}

/**
 * Names everything that determines a tokenizer's measures: its spec (by the hash of its packed file), the
 * texts, and the edition of the measure. The engine is not part of it, because its ids are the reference's.
 * A fingerprint of behaviour, as the diff has it, would need the vocabulary, which a second visit should
 * not have to fetch.
 * @returns `null` if the addresses have no hash, as on the development server
 */
export async function measureKey({
	vocabulary,
	texts,
	file
}: MeasureSources): Promise<string | null> {
	const spec = file ? await hashOf(file) : vocabulary && hashedName(vocabulary);
	const set = hashedName(texts);
	return spec && set ? `${EDITION} ${set} ${spec}` : null;
}

/** @param file the packed file of a tokenizer that is not the catalogue's */
export const keyOfTokenizer = (
	tokenizer: string,
	file: Uint8Array | undefined
): Promise<string | null> =>
	measureKey({ vocabulary: VOCABULARY_ADDRESSES.get(tokenizer), texts: LANGUAGE_TEXTS, file });

/** "gpt2.Xm874qzK.bin"; `null` without a hash. */
function hashedName(address: string): string | null {
	const name = address.slice(address.lastIndexOf('/') + 1);
	return /\.[\w-]{8}\.bin$/.test(name) ? name : null;
}

async function hashOf(file: Uint8Array): Promise<string | null> {
	const sha256 = platformSha256();
	return sha256 && hex(await sha256(new Uint8Array(file)));
}
