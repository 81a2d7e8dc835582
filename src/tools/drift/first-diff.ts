import { judgeTokenizers, type DriftReport } from '../../lib/drift';
import { applyEdits } from '../../lib/drift/edits/apply';
import type { FirstDiff } from '../../lib/features/drift/diff/first-diff';
import { FIRST_EXAMPLE } from '../../lib/session/examples';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';
import { textSides } from './text-sides';

/** What the diff starts with: a converter that lost the pre-tokenizer, the commonest real bug. */
const SIDES: FirstDiff['sides'] = {
	a: { tokenizer: 'llama3', edits: [] },
	b: {
		tokenizer: 'llama3',
		edits: [
			{
				kind: 'pre_tokenizer',
				value: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true }
			}
		]
	}
};

/** The verdict that the diff's page shows before any script has run. */
export async function firstDiff(specOf: (id: string) => TokenizerSpec): Promise<FirstDiff> {
	const tokenizerOf = ({ tokenizer, edits }: FirstDiff['sides']['a']) =>
		createTokenizer(applyEdits(specOf(tokenizer), edits));
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

/** Hundreds of thousands of ids that nobody sees before they are asked for. */
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
