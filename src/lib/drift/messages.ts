import { formatCount, formatShare, plural } from '../engine/text';
import { formatContents, formatIds, quote } from './format';
import {
	isHarmful,
	type CheckId,
	type ConfigDifference,
	type DriftCheck,
	type EmbeddingFindings,
	type OutputFindings,
	type RoundTripFindings,
	type SelfEncodeFindings,
	type Severity,
	type SpecialTokensFindings,
	type TextFindings,
	type VocabularyFindings,
	type Witness
} from './types';
import { isSameVocabulary } from './equal';

/** Name of each check and the question it answers, for the page, the reports and the terminal. */
export const CHECK_LABELS: Readonly<
	Record<CheckId, { readonly name: string; readonly asks: string }>
> = {
	loads: {
		name: 'Loads',
		asks: 'Does Hugging Face’s native library load both files, and can it encode text with them?'
	},
	output: {
		name: 'Output',
		asks: 'Do A and B give the same ids for the same input, and the same text for the same ids? Both are run on thousands of inputs generated from the two tokenizers.'
	},
	embedding: {
		name: 'Embedding',
		asks: 'Does the model have an embedding row for every id that B can produce?'
	},
	vocabulary: {
		name: 'Vocabulary',
		asks: 'Does each id mean the same token on both sides, and which tokens does only one side have?'
	},
	config: {
		name: 'Configuration',
		asks: 'Which fields differ, and which of them change the output?'
	},
	'self-encode': {
		name: 'Self-encode',
		asks: 'Does the text of each token encode to that token? The model learned nothing about a token that no text encodes to.'
	},
	text: {
		name: 'Text',
		asks: 'Which tokens of your text change?'
	},
	'round-trip': {
		name: 'Round trip',
		asks: 'Does text come back unchanged after encoding and decoding?'
	},
	'special-tokens': {
		name: 'Special tokens',
		asks: 'Which tokens are added around the text, and which special tokens are recognised in it?'
	},
	damage: {
		name: 'Damage',
		asks: 'How much worse does a model trained on A’s ids predict text encoded with B? Measured with a small n-gram model.'
	}
};

export const STATUS_SIGNS: Readonly<Record<DriftCheck['status'], string>> = {
	pass: '✓',
	fail: '✗',
	open: '–',
	incomplete: '?'
};

/** A sentence, then details in order of importance. */
export type Description = readonly [sentence: string, ...details: string[]];

const MAX_DETAILS = 5;

export const NOT_RUN = {
	selfEncode: 'Not run yet.',
	noText: 'Not run: no text was given.',
	emptyText: 'Not run: the text is empty.',
	output: 'Not compared: Hugging Face’s library cannot run at least one of the files.',
	endless: 'Could not run: a pattern backtracks endlessly on longer texts.',
	damage: 'Damage not measured yet.'
};

const MAX_WITNESSES = 3;

export function describeOutput(output: OutputFindings): Description {
	const { probes, depth, witnesses, severity, problems } = output;
	const tried = `${plural(probes, 'input')}${depth === 'quick' ? ' so far' : ''}`;
	if (severity === null) {
		const sentence =
			depth === 'proven'
				? 'None of the differences can change the output.'
				: `Both give the same ids and the same text for ${tried}.`;
		return [sentence, ...problems];
	}
	const details = witnesses.slice(0, MAX_WITNESSES).map(describeWitness);
	return [describeDifference(output, tried), ...details, ...problems];
}

function describeDifference(
	{ differing, witnesses, problems, severity }: OutputFindings,
	tried: string
): string {
	if (severity === 'crash' && problems.length > 0) return problems[0];
	if (differing > 0) return `The output differs for ${formatCount(differing)} of ${tried}.`;
	const [witness] = witnesses;
	if (!witness) return problems[0] ?? 'The output differs for long texts, in batches or at random.';
	return witness.reference === 'native'
		? 'The output differs in the tokens added around the text.'
		: `Hugging Face’s library gives the same output on both sides. ${witness.reference} does not.`;
}

/** Describes a witness in one sentence, with the ids or texts of both sides. */
export function describeWitness(witness: Witness<string>): string {
	const { does, inputs, skipSpecial, reference, a, b } = witness;
	const input = formatInputs(witness);
	const where = reference === 'transformers.js' ? ` in ${reference}` : '';
	if (a.error !== undefined || b.error !== undefined) {
		const formatOutcome = ({ ids, error }: Witness['a']) =>
			error === undefined ? formatIds(ids) : `stops: ${error}`;
		return `${input}: A ${formatOutcome(a)}, B ${formatOutcome(b)}${where}.`;
	}
	if (does === 'decode') {
		const without = skipSpecial ? ' without special tokens' : '';
		return `The ids of ${input} decode${without} to ${quote(a.text)} in A and ${quote(b.text)} in B${where}.`;
	}
	const subject = {
		encode: `${input} is`,
		'encode-pair': `The pair ${input} is`,
		'encode-batch': `${quote(inputs[0])}${inputs.length > 1 ? ' next to a longer text' : ''} is`
	}[does];
	if (a.ids.length + b.ids.length > 60) {
		return `${subject} ${plural(a.ids.length, 'token')} in A and ${plural(b.ids.length, 'token')} in B${where}.`;
	}
	return `${subject} ${formatIds(a.ids)} in A and ${formatIds(b.ids)} in B${where}.`;
}

/** Quotes the inputs, and adds a note if special tokens are treated as text. */
export const formatInputs = (
	{ inputs, does, special }: Witness<string>,
	maxCharacters?: number
): string =>
	inputs.map((text) => quote(text, maxCharacters)).join(does === 'encode-pair' ? ' with ' : ', ') +
	(special === 'text' ? SPECIAL_AS_TEXT : '');

/** Note added to an input for which the output differs only if special tokens are treated as text. */
export const SPECIAL_AS_TEXT = ' (with special tokens read as text)';

/** @param isProduced whether there is a known input for which B returns an id without an embedding row */
export function describeRows(
	{ rows, sizeB, outOfRange, inPadding, unreachable, firstId, state }: EmbeddingFindings,
	isProduced: boolean
): Description {
	const range = `ids go up to ${formatCount(sizeB - 1)}, and the model has ${plural(rows, 'embedding row')}`;
	const details =
		unreachable > 0
			? [
					`B cannot produce ${plural(unreachable, 'new token')}: no merge makes ${unreachable === 1 ? 'it' : 'them'}.`
				]
			: [];
	switch (state) {
		case 'out-of-range': {
			const sentence = `${plural(outOfRange, 'token')} of B ${outOfRange === 1 ? 'has an id' : 'have ids'} without a row: ${range}.`;
			const tried = ` None of the inputs tried produces ${outOfRange === 1 ? 'it' : 'any of them'}.`;
			return [isProduced ? sentence : sentence + tried, ...details];
		}
		case 'padding': {
			const subject = `${plural(inPadding, 'token')} of B, from id ${firstId ?? 0} on,`;
			const verb = inPadding === 1 ? 'has a row' : 'have rows';
			return [
				`${subject} ${verb} that A never uses: there is no error, but the model learned nothing about ${inPadding === 1 ? 'it' : 'them'}.`,
				...details
			];
		}
		case 'in-range':
			return [`Every id that B can produce has a row: ${range}.`, ...details];
	}
}

/** Describes the changes: "lacks 2 tokens, adds 1 token, and moves 3 tokens to different ids". */
export function formatVocabularyChange({ moved, added, removed }: VocabularyFindings): string {
	return new Intl.ListFormat('en').format([
		...(removed > 0 ? [`lacks ${plural(removed, 'token')}`] : []),
		...(added > 0 ? [`adds ${plural(added, 'token')}`] : []),
		...(moved > 0
			? [`moves ${plural(moved, 'token')} to ${moved === 1 ? 'a different id' : 'different ids'}`]
			: [])
	]);
}

export function describeVocabulary(findings: VocabularyFindings): Description {
	const { shared, sameId, moved, added, removed, conflictingIds, sizeA } = findings;
	if (isSameVocabulary(findings)) {
		return [`All ${plural(sizeA, 'token')} have the same ids.`];
	}
	return [
		conflictingIds > 0
			? `${plural(conflictingIds, 'id')} of A ${conflictingIds === 1 ? 'means' : 'mean'} a different token in B.`
			: `B ${formatVocabularyChange(findings)}.`,
		`Special tokens aside, ${plural(shared, 'token')} are shared: ${formatCount(sameId)} with the same id, ${formatCount(moved)} with a different one.`,
		`${plural(added, 'token')} only in B, ${formatCount(removed)} only in A.`
	];
}

/** @param severity the worst severity of the fields */
export function describeConfig(
	fields: readonly ConfigDifference[],
	severity: Severity | null
): Description {
	if (severity === null) return ['Every field is the same.'];
	const worst = fields.filter((one) => one.severity === severity);
	const details = worst.slice(0, MAX_DETAILS).map(({ field, sentence }) => `${field}: ${sentence}`);
	if (isHarmful(severity)) {
		const [first, ...others] = details;
		const more = worst.length - 1;
		const also = `${plural(more, 'other field')} also ${more === 1 ? 'changes' : 'change'} the output.`;
		return [more === 0 ? first : `${first} ${also}`, ...others];
	}
	const differ = `${plural(fields.length, 'field')} ${fields.length === 1 ? 'differs' : 'differ'}`;
	return [
		severity === 'harmless'
			? `${differ}, but with no known effect on the output.`
			: `${differ} only in how ${fields.length === 1 ? 'it is' : 'they are'} written.`,
		...details
	];
}

export function describeSelfEncoding({ a, b, lost }: SelfEncodeFindings): Description {
	const { length: inA } = a.unreachable;
	const { length: inB } = b.unreachable;
	return [
		lost.length > 0
			? `B can no longer produce ${plural(lost.length, 'token')} that A can.`
			: 'B can produce every shared token that A can.',
		`Unreachable tokens: ${formatCount(inA)} of ${formatCount(a.tried)} in A, ${formatCount(inB)} of ${formatCount(b.tried)} in B.`
	];
}

/** Describes how much of a text changes, both in its ids (which a model reads) and in how it is split. */
export function describeTextChange({
	tokensA,
	tokensB,
	changedTokens,
	cutTokens,
	newTokens
}: TextFindings): string {
	if (tokensA === 0) return `A has no tokens for the text, but B has ${plural(tokensB, 'token')}.`;
	if (tokensB === 0) return `B has no tokens for the text, but A has ${plural(tokensA, 'token')}.`;
	if (changedTokens === 0) return `B has all of A’s tokens and ${plural(newTokens, 'more token')}.`;
	const share = (tokens: number) => formatShare(tokens / tokensA);
	const changed = `${formatCount(changedTokens)} of A’s ${plural(tokensA, 'token')} (${share(changedTokens)})`;
	const verb = changedTokens === 1 ? 'has' : 'have';
	if (cutTokens === 0) return `${changed} ${verb} a different id in B. The split is the same.`;
	if (cutTokens === changedTokens)
		return `${changed} ${changedTokens === 1 ? 'is' : 'are'} split differently in B.`;
	return `${changed} ${verb} a different id in B: ${formatCount(cutTokens)} (${share(cutTokens)}) ${cutTokens === 1 ? 'is' : 'are'} split differently, and the rest stand for the same bytes.`;
}

/** @param rows row count of the model's embedding */
export function describeText(findings: TextFindings, rows: number): Description {
	const { tokensA, tokensB, documents, documentsChanged, largestIdB } = findings;
	const first = findings.firstDivergence;
	return [
		documentsChanged > 0
			? describeTextChange(findings)
			: `All ${plural(tokensA, 'token')} of the text have the same ids.`,
		...(largestIdB >= rows
			? [
					`B gives id ${largestIdB} for the text, but the model has ${plural(rows, 'embedding row')}.`
				]
			: []),
		...(documents > 1
			? [`${formatCount(documentsChanged)} of ${plural(documents, 'document')} change.`]
			: []),
		`${plural(tokensA, 'token')} in A, ${formatCount(tokensB)} in B.`,
		...(first
			? [
					`First difference: ${first.document}, byte ${formatCount(first.byte)}, ${formatIds(first.idsA)} in A and ${formatIds(first.idsB)} in B.`
				]
			: [])
	];
}

const MAX_DOCUMENTS = 3;

/** @param changed documents that only one side returns unchanged */
export function describeRoundTrips(
	{ tried, differing, changedA, changedB, examples }: RoundTripFindings,
	changed: TextFindings['perDocument']
): Description {
	const summary = `Of ${plural(tried, 'text')}, ${formatCount(changedA)} come back changed from A and ${formatCount(changedB)} from B.`;
	if (differing === 0 && changed.length === 0) {
		return ['Encoding and decoding gives the same text on both sides.', summary];
	}
	return [
		differing > 0
			? `For ${formatCount(differing)} of ${plural(tried, 'text')}, encoding and decoding gives different text in A and B.`
			: `${plural(changed.length, 'document')} ${changed.length === 1 ? 'comes' : 'come'} back unchanged from only one side.`,
		summary,
		...examples.map(
			({ input, a, b }) =>
				`${quote(input)} comes back as ${quote(a)} from A and as ${quote(b)} from B.`
		),
		...changed
			.slice(0, MAX_DOCUMENTS)
			.map(
				({ name, roundTripsA }) =>
					`${name} comes back unchanged from ${roundTripsA ? 'A' : 'B'} only.`
			)
	];
}

export const SAME_SPECIAL_TOKENS =
	'Both recognise the same special tokens and add the same tokens around the text.';

/** Describes the differences in sentences; the list is empty if there are none. */
export function describeSpecialTokens({
	added,
	missing,
	moved,
	flags,
	template,
	chat
}: SpecialTokensFindings): readonly string[] {
	const details: string[] = [];
	if (template.state !== 'same') details.push(describeTemplate(template));
	if (missing.length > 0) details.push(`Missing in B: ${formatContents(missing)}.`);
	if (added.length > 0) details.push(`Only in B: ${formatContents(added)}.`);
	if (moved.length > 0) {
		const [{ content, a, b }] = moved;
		details.push(
			`${plural(moved.length, 'added token')} moved: ${quote(content)} from ${a} to ${b}.`
		);
	}
	if (flags.length > 0) {
		const [{ content, flag, a, b }] = flags;
		details.push(
			`${plural(flags.length, 'flag')} changed: ${flag} of ${quote(content)} from ${a} to ${b}.`
		);
	}
	if (chat.length > 0) {
		const [{ input, idsA, idsB }] = chat;
		details.push(`${quote(input)} is ${formatIds(idsA)} in A and ${formatIds(idsB)} in B.`);
	}
	return details.slice(0, MAX_DETAILS);
}

function describeTemplate({ a, b, state }: SpecialTokensFindings['template']): string {
	const around = `A adds ${formatIds([...a.before, ...a.after])} around the text, B ${formatIds([...b.before, ...b.after])}`;
	switch (state) {
		case 'missing':
			return `B leaves out tokens that the model expects around the text: ${around}.`;
		case 'doubled':
			return `B adds the BOS twice: ${around}.`;
		case 'extra':
			return `B adds tokens around the text: ${around}.`;
		default:
			return `B adds different tokens around the text: ${around}.`;
	}
}
