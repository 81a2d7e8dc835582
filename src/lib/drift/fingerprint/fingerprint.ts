import type { Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { readIds } from '../text/read';
import type { FingerprintFindings } from '../types';
import { FINGERPRINT_PROBES, FINGERPRINT_VERSION } from './probes';

/** SHA-256 of some bytes: 32 of them. */
export type Sha256 = (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** The platform's own; null in a page that came over plain http, where browsers give none. */
export function platformSha256(): Sha256 | null {
	const subtle = typeof crypto === 'undefined' ? undefined : crypto?.subtle;
	if (!subtle) return null;
	return async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes));
}

export const hex = (bytes: Uint8Array): string =>
	Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** What a tokenizer does with each probe: one line a probe. */
export function behaviour(tokenizer: Tokenizer): string[] {
	return FINGERPRINT_PROBES.map((probe) => {
		const { ids } = tokenizer.encode(probe, { special: 'parse', addSpecialTokens: true });
		const plain = tokenizer.encode(probe).ids;
		return `${ids.join(' ')}|${plain.join(' ')}|${JSON.stringify(readIds(tokenizer, plain).text)}`;
	});
}

/**
 * A hash of what a tokenizer does: of each probe the ids with special tokens recognised and those of the
 * template around it, the ids with special tokens as text, and what these decode to.
 */
export async function fingerprint(lines: readonly string[], sha256: Sha256): Promise<string> {
	return `${FINGERPRINT_VERSION}:${hex(await sha256(encodeUtf8(lines.join('\n'))))}`;
}

/** Both fingerprints, and llama.cpp's. @param sha256 null where there is none: then only what is the same is said */
export async function compareFingerprints(
	a: Tokenizer,
	b: Tokenizer,
	sha256: Sha256 | null
): Promise<FingerprintFindings> {
	const [linesA, linesB] = [behaviour(a), behaviour(b)];
	const first = linesA.findIndex((line, i) => line !== linesB[i]);
	const of = (lines: readonly string[]) => (sha256 ? fingerprint(lines, sha256) : null);
	const llamaCpp = (tokenizer: Tokenizer) => (sha256 ? chkhsh(tokenizer, sha256) : null);
	return {
		a: await of(linesA),
		b: await of(linesB),
		chkhshA: await llamaCpp(a),
		chkhshB: await llamaCpp(b),
		same: first < 0,
		chkhshSame: chkIds(a).join() === chkIds(b).join(),
		firstDiffering: first < 0 ? null : FINGERPRINT_PROBES[first]
	};
}

/** `CHK_TXT` of llama.cpp's `convert_hf_to_gguf_update.py`, character by character. */
const CHK_TXT =
	"\n \n\n \n\n\n \t \t\t \t\n  \n   \n    \n     \n🚀 (normal) 😶\u200d🌫️ (multiple emojis concatenated) ✅ 🦙🦙 3 33 333 3333 33333 333333 3333333 33333333 3.3 3..3 3...3 កាន់តែពិសេសអាច😁 ?我想在apple工作1314151天～ ------======= нещо на Български ''''''```````\"\"\"\"......!!!!!!?????? I've been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL";

/**
 * llama.cpp's `chkhsh`: SHA-256 over what Python prints of the list of ids, the tokens of the template
 * included. It chooses the pre-tokenizer of byte-level models there.
 */
export async function chkhsh(tokenizer: Tokenizer, sha256: Sha256): Promise<string> {
	return hex(await sha256(encodeUtf8(`[${chkIds(tokenizer).join(', ')}]`)));
}

const chkIds = (tokenizer: Tokenizer): Uint32Array =>
	tokenizer.encode(CHK_TXT, { special: 'parse', addSpecialTokens: true }).ids;
