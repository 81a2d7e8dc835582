import { encodeUtf8, hexOf, reasonOf } from '../../engine/text';
import type { Tokenizer } from '../../engine';
import type { FileFields } from '../../tokenizers/files/file-fields';
import { effectsOf, NO_BATCH_FIELDS } from '../truncation-and-padding';
import { type Sha256 } from '../sha256';
import { templateLayers } from '../special-tokens';
import { PART_NAMES, type FingerprintFindings, type FingerprintPart } from '../types';
import { addedTokensText, mergesBytes, stageText, vocabularyBytes } from './canonical';
import { PROBE_TEXTS } from './texts';
import { equalNumbers } from '../equal';

/**
 * Version of the data that the fingerprint hashes. Users store fingerprints, so any change to the list of texts or to
 * the form of a part requires a new version.
 */
export const FINGERPRINT_VERSION = 'bpe-lab-drift-v2';

/** A tokenizer, with the other contents of its file. */
export interface FingerprintedSide {
	readonly tokenizer: Tokenizer;
	readonly file?: FileFields | null;
}

/** The hashed parts. Tokenizers with equal parts have equal fingerprints. */
export type FingerprintParts = Readonly<
	Record<FingerprintPart, string | Uint8Array<ArrayBuffer>> & Record<'texts', string>
>;

export function fingerprintParts(side: FingerprintedSide): FingerprintParts {
	const { tokenizer } = side;
	return {
		vocabulary: vocabularyBytes(tokenizer.spec),
		merges: mergesBytes(tokenizer),
		addedTokens: addedTokensText(tokenizer.spec),
		normalizer: stageText(tokenizer.spec, 'normalizer'),
		preTokenizer: stageText(tokenizer.spec, 'pre_tokenizer'),
		decoder: stageText(tokenizer.spec, 'decoder'),
		texts: textLines(tokenizer),
		template: templateText(tokenizer),
		file: fileText(side.file)
	};
}

/** Output of a tokenizer for each of the {@link PROBE_TEXTS}, one line per text. */
export const textLines = (tokenizer: Tokenizer): string =>
	PROBE_TEXTS.map((text) => textLine(tokenizer, text)).join('\n');

/**
 * The ids with special tokens recognised and the template's tokens added; the ids with special tokens treated as text;
 * the first list of ids, decoded without special tokens; and the second list, decoded.
 */
function textLine(tokenizer: Tokenizer, text: string): string {
	try {
		const { ids } = tokenizer.encode(text, { special: 'parse', addSpecialTokens: true });
		const plain = tokenizer.encode(text).ids;
		return [
			ids.join(' '),
			plain.join(' '),
			JSON.stringify(tokenizer.decode(ids, { skipSpecial: true })),
			JSON.stringify(tokenizer.decode(plain))
		].join('|');
	} catch (error) {
		return `error: ${reasonOf(error)}`;
	}
}

/** The ids that a tokenizer adds to a single text and to a pair of texts. */
const templateText = ({ spec: { post_processor } }: Tokenizer): string =>
	JSON.stringify([
		templateLayers(post_processor, 'single'),
		templateLayers(post_processor, 'pair')
	]);

/** The remaining contents of the file, in a form that is equal for files with the same meaning. */
export function fileText(file: FileFields | null | undefined): string {
	const ids = file?.addedIds ? file.addedIds.toSorted(([a], [b]) => (a < b ? -1 : 1)) : null;
	const state = file && file.refusal !== null ? 'refused' : 'yes';
	return JSON.stringify([state, effectsOf(file ?? NO_BATCH_FIELDS), ids]);
}

/** SHA-256 of each part as a hexadecimal string. */
export type PartHashes = Readonly<Record<FingerprintPart, string>>;

export async function hashParts(parts: FingerprintParts, sha256: Sha256): Promise<PartHashes> {
	const hashes: [string, string][] = [];
	for (const name of PART_NAMES) {
		const part = parts[name];
		hashes.push([name, hexOf(await sha256(typeof part === 'string' ? encodeUtf8(part) : part))]);
	}
	return Object.fromEntries(hashes) as PartHashes;
}

export async function hashOfHashes(hashes: PartHashes, sha256: Sha256): Promise<string> {
	const lines = PART_NAMES.map((name) => `${name} ${hashes[name]}`).join('\n');
	return `${FINGERPRINT_VERSION}:${hexOf(await sha256(encodeUtf8(lines)))}`;
}

/**
 * Fingerprint of a tokenizer: SHA-256 of its vocabulary, merges and added tokens, in a form that doesn't depend on how
 * a file lists them, and of its output for fixed texts. `null` if `sha256` is `null`.
 */
export async function fingerprintOf(
	side: FingerprintedSide,
	sha256: Sha256 | null
): Promise<string | null> {
	return sha256 && hashOfHashes(await hashParts(fingerprintParts(side), sha256), sha256);
}

/**
 * Compares the fingerprints of both sides, and llama.cpp's hashes ({@link chkhsh}). Without `sha256`, all hashes are
 * `null`.
 */
export async function compareFingerprints(
	a: FingerprintedSide,
	b: FingerprintedSide,
	sha256: Sha256 | null
): Promise<FingerprintFindings> {
	const isSame = a.tokenizer === b.tokenizer;
	const partsA = fingerprintParts(a);
	const partsB = isSame ? { ...partsA, file: fileText(b.file) } : fingerprintParts(b);
	const parts = PART_NAMES.filter((name) => {
		const [ofA, ofB] = [partsA[name], partsB[name]];
		if (typeof ofA === 'string' || typeof ofB === 'string') return ofA !== ofB;
		return ofA !== ofB && !equalNumbers(ofA, ofB);
	});
	const linesB = partsB.texts.split('\n');
	const first = partsA.texts.split('\n').findIndex((line, i) => line !== linesB[i]);
	const of = async (own: FingerprintParts) =>
		sha256 && hashOfHashes(await hashParts(own, sha256), sha256);
	const llamaCpp = ({ tokenizer }: FingerprintedSide) =>
		sha256 ? chkhsh(tokenizer, sha256) : null;
	const [hashA, chkhshA] = [await of(partsA), await llamaCpp(a)];
	return {
		a: hashA,
		b: parts.length === 0 ? hashA : await of(partsB),
		chkhshA,
		chkhshB: isSame ? chkhshA : await llamaCpp(b),
		same: parts.length === 0,
		chkhshSame: isSame || equalNumbers(chkIds(a.tokenizer), chkIds(b.tokenizer)),
		parts,
		firstDiffering: first < 0 ? null : PROBE_TEXTS[first]
	};
}

/** `CHK_TXT` from llama.cpp's `convert_hf_to_gguf_update.py`, character for character. */
const CHK_TXT =
	"\n \n\n \n\n\n \t \t\t \t\n  \n   \n    \n     \n🚀 (normal) 😶\u200d🌫️ (multiple emojis concatenated) ✅ 🦙🦙 3 33 333 3333 33333 333333 3333333 33333333 3.3 3..3 3...3 កាន់តែពិសេសអាច😁 ?我想在apple工作1314151天～ ------======= нещо на Български ''''''```````\"\"\"\"......!!!!!!?????? I've been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL";

/**
 * llama.cpp's `chkhsh`, which identifies the pre-tokenizer of byte-level models: SHA-256 of the list of ids as Python
 * prints it, including the template's tokens.
 */
export async function chkhsh(tokenizer: Tokenizer, sha256: Sha256): Promise<string> {
	return hexOf(await sha256(encodeUtf8(`[${chkIds(tokenizer).join(', ')}]`)));
}

const chkIds = (tokenizer: Tokenizer): Uint32Array =>
	tokenizer.encode(CHK_TXT, { special: 'parse', addSpecialTokens: true }).ids;
