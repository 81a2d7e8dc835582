import { concludeDrift } from '../../src/lib/drift/conclude';
import { platformSha256 } from '../../src/lib/drift/fingerprint/sha256';
import { compareQuickly, type QuickOptions } from '../../src/lib/drift/quick';
import { compareSelfEncoding } from '../../src/lib/drift/self-encode';
import { documentFindings, textFindings } from '../../src/lib/drift/text/documents';
import type { DamageFindings, DriftReport } from '../../src/lib/drift/types';
import { createTokenizer, type TokenizerSpec } from '../../src/lib/engine';
import { byteLength } from '../../src/lib/engine/text/utf8';
import { finish } from './steps';

interface ReportOptions extends Partial<QuickOptions> {
	readonly texts?: Readonly<Record<string, string>>;
	readonly damage?: DamageFindings;
}

/** Everything that a report can have, of two specs. */
export async function driftReport(
	specA: TokenizerSpec,
	specB: TokenizerSpec,
	{ texts, damage, ...options }: ReportOptions = {}
): Promise<DriftReport> {
	const a = createTokenizer(specA);
	const b = specA === specB ? a : createTokenizer(specB);
	const quick = { rows: null, sha256: platformSha256(), ...options };
	const { findings } = await compareQuickly(a, b, quick);
	const selfEncode = finish(compareSelfEncoding(a, b, findings.vocabulary)).result;
	const documents = Object.entries(texts ?? {}).map(([name, text]) =>
		documentFindings(
			{ name, text, bytes: byteLength(text), a: a.encode(text), b: b.encode(text) },
			{ a, b },
			'text'
		)
	);
	const text = texts ? textFindings(documents) : null;
	return concludeDrift({ ...findings, selfEncode, text, damage: damage ?? null });
}
