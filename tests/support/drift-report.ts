import {
	judge,
	judgeInSteps,
	type DriftReport,
	type JudgeOptions,
	type TokenizerSource
} from '../../src/lib/drift';
import type { TokenizerSpec } from '../../src/lib/engine';

interface SpecOptions extends Omit<JudgeOptions, 'texts'> {
	readonly texts?: Readonly<Record<string, string>>;
}

/** A report on two specs, including all optional parts. */
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

/** The first report with the verdict `silent` or `crash`; if there is none, the final report. */
export async function reportUntilStopped(
	a: TokenizerSource,
	b: TokenizerSource,
	options?: JudgeOptions
): Promise<DriftReport> {
	const steps = judgeInSteps(a, b, options);
	for (;;) {
		const { done, value } = await steps.next();
		const report = done ? value : value.report();
		if (!('output' in report)) throw new Error(report.reason);
		if (done || report.verdict === 'silent' || report.verdict === 'crash') return report;
	}
}
