import { judge, type DriftReport, type JudgeOptions } from '../../src/lib/drift';
import type { TokenizerSpec } from '../../src/lib/engine';

interface SpecOptions extends Omit<JudgeOptions, 'texts'> {
	readonly texts?: Readonly<Record<string, string>>;
}

/** Everything that a report can have, of two specs. */
export async function driftReport(
	specA: TokenizerSpec,
	specB: TokenizerSpec,
	{ texts = {}, ...options }: SpecOptions = {}
): Promise<DriftReport> {
	return judge(
		{ spec: specA },
		{ spec: specB },
		{ ...options, texts: Object.entries(texts).map(([name, text]) => ({ name, text })) }
	);
}
