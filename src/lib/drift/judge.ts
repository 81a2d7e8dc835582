import {
	createTokenizer,
	wrongArgument,
	writeTokenizerJson,
	type Tokenizer,
	type Vocabulary
} from '../engine';
import { byteLength } from '../engine/text';
import { startComparison, type ComparedSide, type ComparisonOptions } from './comparison';
import { checkLoads, makeReport } from './report';
import type { HubSide } from './hub-files/compare';
import { filesNotCompared } from './hub-files/messages';
import { loadsOf } from './loads';
import type { ReadTokenizer, TokenizerSource } from './source';
import { compareSelfEncoding } from './self-encode';
import { runToEnd } from './calls';
import { compareDocument, textFindings } from './text/documents';
import { PLAIN_READING } from './text/read';
import type { DamageFindings, DriftReport, Loads, RefusalReport, TextFindings } from './types';

/** A document for comparing how the two sides encode text. */
export interface NamedText {
	readonly name: string;
	readonly text: string;
}

export interface JudgeOptions extends ComparisonOptions {
	/** `quick` tries only the first few thousand inputs; `deep`, the default, tries tens of thousands more. */
	readonly budget?: 'quick' | 'deep';
	readonly texts?: readonly NamedText[];
	readonly damage?: DamageFindings | null;
}

/** Progress of a comparison, and the findings so far. */
export interface JudgeStep {
	/** The current part of the comparison; `share` is the completed fraction of this part. */
	readonly part: 'comparing tables' | 'trying inputs' | 'encoding every token';
	readonly share: number;
	/** Creates a report from all findings up to the time of the call. Checks that haven't run yet are `open`. */
	readonly report: () => DriftReport;
	/** The text of each token by id (see `tokenTexts`). */
	readonly tokensA: Vocabulary;
	readonly tokensB: Vocabulary;
}

/**
 * Judges two tokenizers: A is the one the model was trained with, and B is the one it is served with. Later steps can
 * only make the verdict worse.
 * @throws Error with a one-line message if A can't be read, the engine can't run a spec exactly, or a file next to a
 * tokenizer.json is malformed
 */
export async function* judgeInSteps(
	a: TokenizerSource,
	b: TokenizerSource,
	{ budget = 'deep', texts = [], damage = null, ...options }: JudgeOptions = {}
): AsyncGenerator<JudgeStep, DriftReport | RefusalReport, void> {
	for (const [name, side] of Object.entries({ a, b }))
		if (typeof side !== 'object') throw wrongArgument(name, side, '{ spec: a TokenizerSpec }');
	if ('problem' in a) throw new Error(a.problem);
	if ('problem' in b) return reportUnreadable(loadsOf(a.file, options.native?.a), b.problem);
	const sideA: ComparedSide = { tokenizer: tokenizerOf(a), file: a.file };
	const tokenizerB = a.spec === b.spec ? sideA.tokenizer : tokenizerOf(b);
	const sideB: ComparedSide = { tokenizer: tokenizerB, file: b.file };
	const beside = await findHubFiles(sideA, sideB, options.rows);
	const comparison = await startComparison(sideA, sideB, options);
	const later: Pick<DriftReport, 'selfEncode' | 'text'> = { selfEncode: null, text: null };
	const report = () =>
		makeReport({ ...comparison.findings, ...later, damage, ...(beside && { beside }) });
	const step = (part: JudgeStep['part'], share: number): JudgeStep => {
		const { tokensA, tokensB } = comparison;
		return { part, share, report, tokensA, tokensB };
	};
	yield step('comparing tables', 1);
	if (budget === 'deep') for (const share of comparison.probe()) yield step('trying inputs', share);
	if (comparison.isBounded) return report();
	yield step('encoding every token', 0);
	const pair = { a: sideA.tokenizer, b: sideB.tokenizer };
	const encoding = compareSelfEncoding(pair.a, pair.b, comparison.findings.vocabulary);
	let next = encoding.next();
	for (; !next.done; next = encoding.next()) yield step('encoding every token', next.value);
	const text = texts.length === 0 ? null : compareTexts(pair, texts);
	Object.assign(later, { selfEncode: next.value, text });
	return report();
}

type RunOptions = JudgeOptions & { readonly onprogress?: (step: JudgeStep) => void };

/** Runs {@link judgeInSteps} to completion. Calls `onprogress` after each step. */
export async function judge(
	a: TokenizerSource,
	b: ReadTokenizer,
	options?: RunOptions
): Promise<DriftReport>;
export async function judge(
	a: TokenizerSource,
	b: TokenizerSource,
	options?: RunOptions
): Promise<DriftReport | RefusalReport>;
export async function judge(
	a: TokenizerSource,
	b: TokenizerSource,
	{ onprogress, ...options }: RunOptions = {}
): Promise<DriftReport | RefusalReport> {
	const steps = judgeInSteps(a, b, options);
	for (let next = await steps.next(); ; next = await steps.next()) {
		if (next.done) return next.value;
		onprogress?.(next.value);
	}
}

function reportUnreadable(a: Loads, problem: string): RefusalReport {
	const loads = { a, b: `refused: ${problem}` } as const;
	const check = checkLoads({ loads });
	return {
		verdict: 'crash',
		reason: check.sentence,
		evidence: 'proven',
		checks: [check],
		loads
	};
}

/** The file's own tokenizer, without the tokens added by files next to it. */
function tokenizerOf({ spec, tokenizer, file }: ReadTokenizer): Tokenizer {
	if (!file?.ownAddedTokens) return tokenizer ?? createTokenizer(spec);
	return createTokenizer({ ...spec, added_tokens: file.ownAddedTokens });
}

/** Compares the files next to both tokenizers; returns `null` if neither side has such files. */
async function findHubFiles(a: ComparedSide, b: ComparedSide, rows?: number | null) {
	const [sideA, sideB] = [hubSide(a), hubSide(b)];
	if (!sideA || !sideB) {
		if (!sideA && !sideB) return null;
		return { differences: [], notes: [filesNotCompared(sideA ? 'A' : 'B')] };
	}
	// Loaded on demand, because few comparisons need the tables of classes.
	const { compareHubFiles } = await import('./hub-files/compare');
	return compareHubFiles(sideA, sideB, rows);
}

/** The folder of a tokenizer.json, for comparing the files next to it; `null` if there are no such files. */
function hubSide({ tokenizer, file }: ComparedSide): HubSide | null {
	const files = new Map(Object.entries(file?.beside ?? {}));
	if (!file || files.size === 0) return null;
	return {
		tokenizer: { ...writeTokenizerJson(tokenizer.spec), padding: file.padding as null },
		files
	};
}

function compareTexts(
	pair: { readonly a: Tokenizer; readonly b: Tokenizer },
	texts: readonly NamedText[]
): TextFindings {
	const found = texts.map(({ name, text }) => {
		const [a, b] = [pair.a.encode(text), pair.b.encode(text)];
		const document = { name, text, bytes: byteLength(text), a, b };
		return runToEnd(compareDocument(document, pair, PLAIN_READING)).findings;
	});
	return textFindings(found);
}
