/** Compares the diff page's initial pair when the site is built. */
import { judge, type DriftReport } from '../../../drift';
import { runToEnd } from '../../../drift/calls';
import { applyEdits } from '../../../drift/edits/apply';
import { sideBySide, type SideBySide } from '../../../drift/text/side-by-side';
import { tokenTexts } from '../../../drift/token-texts';
import { PLAIN_READING } from '../../../drift/text/read';
import { createTokenizer } from '../../../engine';
import { encodeUtf8 } from '../../../engine/text';
import { FIRST_EXAMPLE } from '../../../session/examples';
import { FIRST_SIDES, type DriftSide, type DriftSides } from '../../../session/documents/diff';
import type { PackedFiles } from '../../../session/prerender';
import { TEXT_NAME } from '../worker';
import { compareOrdinaryTexts, type OrdinaryFindings } from './ordinary-text';
import { drawWitness, type DrawnExample } from './witness';

export interface PrerenderedDiff {
	readonly sides: DriftSides;
	readonly text: string;
	/** The report without its long lists of ids. */
	readonly report: DriftReport;
	readonly drawn: SideBySide;
	readonly ordinary: Pick<OrdinaryFindings, 'tokens' | 'changed'>;
	readonly example: DrawnExample;
	readonly smallest: DrawnExample;
}

export async function prerenderDiff(packed: Pick<PackedFiles, 'spec'>): Promise<PrerenderedDiff> {
	const tokenizerOf = ({ tokenizer, edits }: DriftSide) =>
		createTokenizer(applyEdits(packed.spec(tokenizer), edits));
	const [a, b] = [tokenizerOf(FIRST_SIDES.a), tokenizerOf(FIRST_SIDES.b)];
	const { text } = FIRST_EXAMPLE;
	const bytes = encodeUtf8(text).length;
	const document = { name: TEXT_NAME, text, bytes, a: a.encode(text), b: b.encode(text) };
	const report = await judge(a, b, { texts: [document] });
	const { example, ...ordinary } = compareOrdinaryTexts({ a, b });
	const [witness] = report.output.witnesses;
	if (!example || !witness) throw new Error('the first two tokenizers do not differ');
	const tables = { tokensA: tokenTexts(a.spec), tokensB: tokenTexts(b.spec) };
	return {
		sides: FIRST_SIDES,
		text,
		report: withoutLists(report),
		drawn: runToEnd(sideBySide(document, { a, b }, PLAIN_READING)),
		ordinary,
		example: { witness: drawWitness(example, tables), isOrdinary: true },
		smallest: { witness: drawWitness(witness, tables), isOrdinary: false }
	};
}

const NO_IDS = new Uint32Array();

/** Omits the long lists of ids, which the page shows only on request. */
function withoutLists(report: DriftReport): DriftReport {
	const vocabulary = {
		...report.vocabulary,
		sameIds: NO_IDS,
		movedA: NO_IDS,
		movedB: NO_IDS,
		addedIds: NO_IDS,
		removedIds: NO_IDS
	};
	return { ...report, vocabulary, selfEncode: null };
}
