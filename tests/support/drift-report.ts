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

/** A report on two specs with all optional parts. */
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

/** The first report that stops B, or else the last one. Most differences show among the first of many inputs. */
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
