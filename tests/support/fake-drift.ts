import { judgeInSteps, type DriftReport, type QuickFindings } from '../../src/lib/drift';
import type { SideBySide } from '../../src/lib/drift/text/side-by-side';
import type { Outcome, TextFindings, Witness } from '../../src/lib/drift/types';
import { createTokenizer } from '../../src/lib/engine';
import { trainedSpec, trainOn } from '../../src/lib/engine/train';
import { NO_ORDINARY_TEXT } from '../../src/lib/features/drift/diff/ordinary-text';
import type { DriftResult } from '../../src/lib/features/drift/worker';
import type { DriftSides } from '../../src/lib/session/documents/diff';
import { endingAt } from './fake-calls';
import { THREE_MERGES } from './fake-training';

/** The two sides of a comparison, given the ids of their tokenizers. */
export const sidesOf = (a: string, b: string): DriftSides => ({
	a: { tokenizer: a, edits: [] },
	b: { tokenizer: b, edits: [] }
});

const tokenizer = createTokenizer(trainedSpec(trainOn('aaabdaaabac', THREE_MERGES).training));

/** The quick check's result for a tokenizer compared with itself, optionally with a number of embedding rows. */
export async function sameTokenizer(rows: number | null = null): Promise<DriftResult> {
	const side = { spec: tokenizer.spec, tokenizer };
	const { value } = await judgeInSteps(side, side, { rows }).next();
	if (!value || !('report' in value)) throw new Error('expected a first step');
	const { report, tokensA, tokensB } = value;
	return { findings: report(), ordinary: NO_ORDINARY_TEXT, tokensA, tokensB };
}

/** A prerendered report. */
export const builtReport = (findings: QuickFindings): DriftReport => ({
	...findings,
	selfEncode: null,
	text: null,
	damage: null,
	verdict: 'silent',
	evidence: 'witness',
	reason: 'made when the site was built',
	checks: []
});

/** An input that both sides encode, with different outcomes. */
export const witnessOf = (a: Outcome, b: Outcome, more: Partial<Witness> = {}): Witness => ({
	reference: 'native',
	does: 'encode',
	inputs: ['a'],
	special: 'parse',
	addSpecialTokens: false,
	skipSpecial: false,
	a,
	b,
	...more
});

/** Findings for one text of 4 bytes in which nothing changed. */
export const textFindingsOf = (more: Partial<TextFindings> = {}): TextFindings => ({
	tokensA: 2,
	tokensB: 2,
	changedTokens: 0,
	cutTokens: 0,
	newTokens: 0,
	bytes: 4,
	documents: 1,
	documentsChanged: 0,
	firstDivergence: null,
	perDocument: [],
	worstFirst: new Uint32Array(),
	largestIdB: 0,
	...more
});

/** A text of two bytes that A encodes as one token, and B as several tokens that end at these byte offsets. */
export function sideBySideOf(...endsOfB: number[]): SideBySide {
	const back = { text: 'ab', sameText: true, sameIds: true };
	return {
		findings: textFindingsOf({ changedTokens: 2, documentsChanged: 1 }),
		a: endingAt(2),
		b: endingAt(...endsOfB),
		rows: [],
		differences: Uint32Array.of(0, 2),
		differsA: Uint8Array.of(1),
		differsB: Uint8Array.of(1, 1),
		modelReads: { text: 'xy', missing: 0 },
		answerReads: { text: 'zz', missing: 0 },
		expected: 'ab',
		repeatedBos: { a: null, b: null },
		templateNames: { a: new Map(), b: new Map() },
		roundTrip: { a: back, b: back }
	};
}
