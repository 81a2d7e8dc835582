import { judgeInSteps, type DriftReport, type QuickFindings } from '../../src/lib/drift';
import { createTokenizer } from '../../src/lib/engine';
import { trainedSpec, trainOn } from '../../src/lib/engine/train';
import type { DriftResult } from '../../src/lib/features/drift/worker';
import type { DriftSides } from '../../src/lib/session/links/diff';
import { THREE_MERGES } from './fake-training';

/** Two sides by the ids of their tokenizers. */
export const sidesOf = (a: string, b: string): DriftSides => ({
	a: { tokenizer: a, edits: [] },
	b: { tokenizer: b, edits: [] }
});

const tokenizer = createTokenizer(trainedSpec(trainOn('aaabdaaabac', THREE_MERGES).training));

/** What the quick check says of a tokenizer and itself, with rows. */
export async function sameTokenizer(rows: number | null = null): Promise<DriftResult> {
	const side = { spec: tokenizer.spec, tokenizer };
	const { value } = await judgeInSteps(side, side, { rows, sha256: null }).next();
	if (!value || !('report' in value)) throw new Error('expected a first step');
	return { findings: value.report(), tokensA: value.tokensA, tokensB: value.tokensB };
}

/** A report that came with the page. */
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
