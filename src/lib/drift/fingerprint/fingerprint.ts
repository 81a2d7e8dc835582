import type { Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { readIds } from '../text/read';
import type { FingerprintFindings } from '../types';
import { chkhsh, chkIds } from './chkhsh';
import { FINGERPRINT_PROBES, FINGERPRINT_VERSION } from './probes';
import { hex, type Sha256 } from './sha256';

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
