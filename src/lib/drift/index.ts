/** The entry of the drift library: finds differences of two tokenizers, judges and reports them. */
import { createTokenizer } from '../engine';
import { checkLoads } from './conclude';
import type { TokenizerSource } from './file/tokenizer-file';
import type { HubSide } from './hub/compare';
import type { TokenizerObject } from './hub/transformers';
import { parseJson } from '../tokenizers/files/json';
import { isObject } from '../tokenizers/files/library-file';
import { judgeTokenizers, type ReportOptions } from './judge';
import type { DriftReport, RefusalReport } from './types';

export { readTokenizerFile, type TokenizerSource } from './file/tokenizer-file';
export { DriftJudge, judgeTokenizers, type JudgedSide, type ReportOptions } from './judge';
export { concludeDrift } from './conclude';
export { identifyTokenizer, type Identification, type KnownVocabularies } from './identify';
export { explainVerdict, type Explanation } from './explain';
export { compareSelfEncoding } from './self-encode';
export { compareVocabularies } from './vocabulary';
export { outlineOf, type TokenizerOutline } from './outline';
export { documentSteps, textFindings } from './text/documents';
export type { TextReading } from './text/read';
export { sideBySide, type SideBySide } from './text/side-by-side';
export { driftReportGitHub } from './report-github';
export { fingerprintOf as fingerprint, type FingerprintedSide } from './fingerprint/fingerprint';
export {
	baselineOf,
	parseBaseline,
	type Baseline,
	type BaselineSide
} from './fingerprint/baseline';
export {
	compareWithBaseline,
	type BaselineDifference,
	type BaselineReport
} from './fingerprint/compare-baseline';
export {
	baselineReportGitHub,
	baselineReportMarkdown,
	baselineReportText
} from './fingerprint/baseline-report';
export { driftReportJson } from './report-json';
export { driftReportMarkdown } from './report-markdown';
export { driftReportText } from './report-text';
export { HUB_FILES } from './hub/settings';
export { VERDICTS } from './types';
export type * from './types';

/**
 * Judges two tokenizers that were read from files or the catalogue.
 * @throws Error for a spec that the engine cannot run exactly, or a malformed file beside a tokenizer.json
 */
export async function judgeDrift(
	a: TokenizerSource,
	b: TokenizerSource,
	options: ReportOptions = {}
): Promise<DriftReport | RefusalReport> {
	const loads = { a: a.loads ?? 'yes', b: b.loads ?? 'yes' };
	if (!a.spec || !b.spec) {
		const check = checkLoads({ loads });
		return {
			verdict: 'crash',
			reason: check.sentence,
			evidence: 'proven',
			checks: [check],
			loads
		};
	}
	const tokenizerA = createTokenizer(a.spec);
	const isSame = a.spec === b.spec || (a.text !== undefined && a.text === b.text);
	const tokenizerB = isSame ? tokenizerA : createTokenizer(b.spec);
	const otherFile = a.text === undefined || b.text === undefined ? null : a.text !== b.text;
	const beside = await findBeside(a, b, options);
	return judgeTokenizers(
		{ ...a, tokenizer: tokenizerA, notes: formatNotes('A', a, b) },
		{ ...b, tokenizer: tokenizerB, notes: formatNotes('B', b, a) },
		{ otherFile, ...(beside && { beside }), ...options }
	);
}

/** Compares the files beside both; `null` if no side has any. */
async function findBeside(a: TokenizerSource, b: TokenizerSource, { rows }: ReportOptions) {
	if (!a.beside?.size && !b.beside?.size) return null;
	// Few comparisons need the tables of classes.
	const { compareBeside } = await import('./hub/compare');
	return compareBeside(hubSide(a), hubSide(b), rows);
}

/** A folder for the comparison of the files beside its tokenizer.json. */
function hubSide({ text, beside = new Map() }: TokenizerSource): HubSide {
	const json = beside.size > 0 && text !== undefined ? parseJson(text) : null;
	const isTokenizer = isObject(json) && Object.hasOwn(json, 'model');
	return { tokenizer: isTokenizer ? (json as unknown as TokenizerObject) : null, files: beside };
}

/** Notes on formats that transformers.js cannot read on this side only. */
const formatNotes = (
	name: string,
	{ newerFormats = [] }: TokenizerSource,
	other: TokenizerSource
): string[] =>
	newerFormats
		.filter((format) => other.text !== undefined && !other.newerFormats?.includes(format))
		.map(
			(format) =>
				`transformers.js 2.17.2 cannot read ${name}’s file: it has ${format}. The tokenizer is not affected.`
		);
