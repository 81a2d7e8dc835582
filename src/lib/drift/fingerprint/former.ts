/** The fingerprint of earlier releases, by which links and tokenizers that they saved are still found. */
import type { Tokenizer } from '../../engine';
import { encodeUtf8 } from '../../engine/text';
import { hex, type Sha256 } from '../sha256';
import { readIds } from '../text/read';
import { fingerprintOf, type FingerprintedSide } from './fingerprint';
import { PROBE_TEXTS } from './texts';
import { FORMER_VERSION, type Fingerprints } from './versions';

/** Both fingerprints of a tokenizer that is saved. */
export async function fingerprintsOf(
	side: FingerprintedSide,
	sha256: Sha256 | null
): Promise<Fingerprints> {
	return {
		fingerprint: await fingerprintOf(side, sha256),
		formerFingerprint: sha256 && (await formerFingerprintOf(side.tokenizer, sha256))
	};
}

export async function formerFingerprintOf(tokenizer: Tokenizer, sha256: Sha256): Promise<string> {
	const lines = PROBE_TEXTS.map((probe) => {
		const { ids } = tokenizer.encode(probe, { special: 'parse', addSpecialTokens: true });
		const plain = tokenizer.encode(probe).ids;
		return `${ids.join(' ')}|${plain.join(' ')}|${JSON.stringify(readIds(tokenizer, plain).text)}`;
	});
	return `${FORMER_VERSION}:${hex(await sha256(encodeUtf8(lines.join('\n'))))}`;
}
