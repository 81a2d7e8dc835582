import { concludeDrift } from '../../lib/drift/conclude';
import { applyEdits } from '../../lib/drift/edits/apply';
import { platformSha256 } from '../../lib/drift/fingerprint/sha256';
import { compareQuickly } from '../../lib/drift/quick';
import { compareSelfEncoding } from '../../lib/drift/self-encode';
import { documentFindings, textFindings } from '../../lib/drift/text/documents';
import type { DriftReport } from '../../lib/drift/types';
import type { FirstDiff } from '../../lib/catalogue/first-diff';
import { FIRST_EXAMPLE } from '../../lib/content/examples';
import { createTokenizer, type TokenizerSpec } from '../../lib/engine';
import { encodeUtf8 } from '../../lib/engine/text/utf8';
import { finish, textSides } from './text-sides';

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
	const options = { rows: null, sha256: platformSha256() };
	const { findings: quick } = await compareQuickly(a, b, options);
	const selfEncode = finish(compareSelfEncoding(a, b, quick.vocabulary));

	const { text } = FIRST_EXAMPLE;
	const bytes = encodeUtf8(text).length;
	const encodings = { a: a.encode(text), b: b.encode(text) };
	const document = documentFindings(
		{ name: 'your text', text, bytes, ...encodings },
		{ a, b },
		'text'
	);
	const findings = textFindings([document]);
	const report = concludeDrift({ ...quick, selfEncode, text: findings, damage: null });
	return {
		sides: SIDES,
		text,
		report: withoutLists(report),
		findings,
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
