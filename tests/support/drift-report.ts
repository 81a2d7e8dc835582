import { judgeTokenizers, type DriftReport, type ReportOptions } from '../../src/lib/drift';
import { createTokenizer, type TokenizerSpec } from '../../src/lib/engine';

interface SpecOptions extends Omit<ReportOptions, 'texts'> {
	readonly texts?: Readonly<Record<string, string>>;
}

/** Everything that a report can have, of two specs. */
export async function driftReport(
	specA: TokenizerSpec,
	specB: TokenizerSpec,
	{ texts = {}, ...options }: SpecOptions = {}
): Promise<DriftReport> {
	const a = createTokenizer(specA);
	const b = specA === specB ? a : createTokenizer(specB);
	return judgeTokenizers(
		{ tokenizer: a },
		{ tokenizer: b },
		{ ...options, texts: Object.entries(texts).map(([name, text]) => ({ name, text })) }
	);
}
