/** The diff that its page starts with, judged when the site is built. */
import { judgeTokenizers, type DriftReport } from '../../../drift';
import { applyEdits } from '../../../drift/edits/apply';
import type { SideBySide } from '../../../drift/text/side-by-side';
import type { TextFindings } from '../../../drift/types';
import { createTokenizer } from '../../../engine';
import { FIRST_EXAMPLE } from '../../../session/examples';
import type { DriftSide, DriftSides } from '../../../session/links/drift-side';
import type { PackedFiles } from '../../../session/prerender';
import { FIRST_CHANGE } from './changes';
import { textSides } from './text-sides';

export interface PrerenderedDiff {
	readonly sides: DriftSides;
	readonly text: string;
	/** Without its lists of ids, which are long and shown only when asked for. */
	readonly report: DriftReport;
	readonly findings: TextFindings;
	/** The text in both. */
	readonly drawn: SideBySide;
}

/** A converter that lost the pre-tokenizer, the most common real bug. */
const SIDES: DriftSides = {
	a: { tokenizer: 'llama3', edits: [] },
	b: { tokenizer: 'llama3', edits: [FIRST_CHANGE] }
};

export async function prerenderDiff(packed: Pick<PackedFiles, 'spec'>): Promise<PrerenderedDiff> {
	const tokenizerOf = ({ tokenizer, edits }: DriftSide) =>
		createTokenizer(applyEdits(packed.spec(tokenizer), edits));
	const [a, b] = [tokenizerOf(SIDES.a), tokenizerOf(SIDES.b)];
	const { text } = FIRST_EXAMPLE;
	const texts = [{ name: 'your text', text }];
	const report = await judgeTokenizers({ tokenizer: a }, { tokenizer: b }, { texts });
	if (!report.text) throw new Error('the first diff has a text, and its report has none');
	return {
		sides: SIDES,
		text,
		report: withoutLists(report),
		findings: report.text,
		drawn: textSides(a, b, text)
	};
}

const NONE = new Uint32Array();

/** Drops hundreds of thousands of ids that are shown only when asked for. */
function withoutLists(report: DriftReport): DriftReport {
	const { vocabulary } = report;
	const lists = {
		sameIds: NONE,
		movedA: NONE,
		movedB: NONE,
		addedIds: NONE,
		removedIds: NONE
	};
	return { ...report, vocabulary: { ...vocabulary, ...lists }, selfEncode: null };
}
