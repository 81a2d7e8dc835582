import { describeDamage, droppedBytes, summarizeDamage } from './damage/messages';
import {
	formatCount,
	describeTextChange,
	formatIds,
	formatNumber,
	formatContents,
	quote
} from './messages';
import {
	VERDICTS,
	type CheckId,
	type ConfigDifference,
	type DamageFindings,
	type DriftCheck,
	type EmbeddingFindings,
	type OutputFindings,
	type QuickFindings,
	type RoundTripFindings,
	type SelfEncodeFindings,
	type Severity,
	type SpecialTokensFindings,
	type TextFindings,
	type VocabularyFindings,
	type Witness
} from './types';

const MAX_DETAILS = 5;

/** The worst of some severities; `null` if there are none. */
export const worst = (severities: readonly Severity[]): Severity | null =>
	severities.length === 0
		? null
		: severities.reduce((a, b) => (VERDICTS.indexOf(a) >= VERDICTS.indexOf(b) ? a : b));

const isBad = (severity: DriftCheck['severity']): boolean =>
	severity === 'silent' || severity === 'crash';

const checked = (
	id: CheckId,
	status: DriftCheck['status'],
	severity: DriftCheck['severity'],
	sentence: string,
	details: readonly string[] = []
): DriftCheck => ({ id, status, severity, sentence, details });

/** Does native load both files? */
export function checkLoads({ a, b }: QuickFindings['loads']): DriftCheck {
	if (a === b && a.startsWith('aborts')) {
		const sentence = `Hugging Face’s library aborts on some input with both: ${a.slice('aborts: '.length)}.`;
		return checked('loads', 'pass', null, sentence);
	}
	const failing = [
		['B', b],
		['A', a]
	].filter(([, loads]) => loads !== 'yes');
	if (failing.length === 0) {
		return checked('loads', 'pass', null, 'Hugging Face’s library loads and runs both.');
	}
	const [sentence, ...details] = failing.map(([side, loads]) => {
		const [, kind, words] = /^(\w+): (.*)$/s.exec(loads) ?? [];
		return kind === 'aborts'
			? `Hugging Face’s library loads ${side} and then aborts: ${words}.`
			: `Hugging Face’s library refuses to load ${side}: ${words}.`;
	});
	return checked('loads', 'fail', 'crash', sentence, details);
}

/** Does the same input come out the same? */
export function checkOutput(output: OutputFindings): DriftCheck {
	const { probes, depth, witnesses, severity, troubles, notes } = output;
	const tried = `${formatCount(probes, 'input')}${depth === 'quick' ? ' so far' : ''}`;
	if (severity !== null) {
		const details = [...witnesses.slice(0, 3).map(describeWitness), ...troubles, ...notes];
		return checked('output', 'fail', severity, describeOutput(output, tried), details);
	}
	const sentence =
		depth === 'proven'
			? 'Nothing that differs between the two can change what comes out.'
			: `${tried}: the same ids and the same text from both.`;
	const status = depth === 'quick' ? 'open' : 'pass';
	return checked('output', status, null, sentence, [...troubles, ...notes]);
}

function describeOutput(
	{ differing, witnesses, troubles, severity }: OutputFindings,
	tried: string
): string {
	if (severity === 'crash' && troubles.length > 0) return troubles[0];
	if (differing > 0) {
		return `${formatNumber(differing)} of ${tried} ${differing === 1 ? 'comes' : 'come'} out differently.`;
	}
	const [witness] = witnesses;
	if (!witness) return troubles[0] ?? 'What comes out is random.';
	return witness.reference === 'native'
		? 'Texts come out differently in a batch, when they are truncated, or with the tokens around them.'
		: `Hugging Face’s library gives the same on both sides. ${witness.reference} does not.`;
}

/** A witness in one sentence, with both ids or both texts. */
function describeWitness(witness: Witness): string {
	const { does, inputs, special, skipSpecial, reference, a, b } = witness;
	const input = inputs.map((text) => quote(text)).join(does === 'encode-pair' ? ' with ' : ', ');
	const where = reference === 'native' ? '' : ` in ${reference}`;
	const asText = special === 'text' ? ', special tokens as text,' : '';
	if (a.error !== undefined || b.error !== undefined) {
		const says = ({ ids, error }: Witness['a']) =>
			error === undefined ? formatIds(ids) : `stops: ${error}`;
		return `${input}${asText}: A ${says(a)}, B ${says(b)}${where}.`;
	}
	if (does === 'decode') {
		const without = skipSpecial ? ' without special tokens' : '';
		return `The ids of ${input}${asText} read${without} as ${quote(a.text)} in A and ${quote(b.text)} in B${where}.`;
	}
	const what: Record<Exclude<Witness['does'], 'decode'>, string> = {
		encode: `${input}${asText} is`,
		'encode-pair': `The pair ${input} is`,
		'encode-batch': `${quote(inputs[0])}${inputs.length > 1 ? ' beside a longer text' : ''} is`
	};
	if (a.ids.length + b.ids.length > 60) {
		return `${what[does]} ${formatCount(a.ids.length, 'token')} in A and ${formatCount(b.ids.length, 'token')} in B${where}.`;
	}
	return `${what[does]} ${formatIds(a.ids)} in A and ${formatIds(b.ids)} in B${where}.`;
}

/** Would it error? */
export function checkRows(
	{ rows, sizeB, outOfRange, inPadding, unreachable, firstId, state }: EmbeddingFindings,
	{ witnesses, depth }: OutputFindings
): DriftCheck {
	const last = formatNumber(sizeB - 1);
	const model = `the model has ${formatCount(rows, 'row')}`;
	const details =
		unreachable > 0
			? [
					`${formatCount(unreachable, 'new token')} of B cannot come out: no merge makes ${unreachable === 1 ? 'it' : 'them'}.`
				]
			: [];
	if (state === 'out-of-range') {
		const sentence = `${formatCount(outOfRange, 'token')} of B ${outOfRange === 1 ? 'has an id' : 'have ids'} without a row: ids go up to ${last}, ${model}.`;
		if (witnesses.some(({ b }) => b.ids.some((id) => id >= rows))) {
			return checked('embedding', 'fail', 'crash', sentence, details);
		}
		const open = `${sentence} No input that was tried leads to ${outOfRange === 1 ? 'it' : 'one of them'}.`;
		const status = depth === 'quick' ? 'open' : 'pass';
		return checked('embedding', status, 'harmless', open, details);
	}
	if (state === 'padding') {
		const sentence = `${formatCount(inPadding, 'token')} of B, from id ${firstId ?? 0} on, ${inPadding === 1 ? 'has a row' : 'have rows'} that A never uses: no error, and no meaning.`;
		return witnesses.length > 0
			? checked('embedding', 'fail', 'silent', sentence, details)
			: checked('embedding', 'pass', 'harmless', sentence, details);
	}
	const sentence = `Every id that B can give has a row: ids go up to ${last}, ${model}.`;
	return checked('embedding', 'pass', null, sentence, details);
}

/** Does each id mean the same? */
export function checkVocabulary(
	findings: VocabularyFindings,
	config: readonly ConfigDifference[]
): DriftCheck {
	const { shared, sameId, moved, added, removed, conflictingIds, sizeA } = findings;
	if (moved === 0 && added === 0 && removed === 0 && conflictingIds === 0) {
		const sentence = `All ${formatCount(sizeA, 'token')} have the same ids.`;
		return checked('vocabulary', 'pass', null, sentence);
	}
	const details = [
		`Without special tokens, ${formatNumber(shared)} are shared: ${formatNumber(sameId)} with the same id, ${formatNumber(moved)} with a different one.`,
		`${formatCount(added, 'token')} only in B, ${formatNumber(removed)} only in A.`
	];
	const parts = [
		...(removed > 0 ? [`${formatCount(removed, 'token')} fewer`] : []),
		...(added > 0 ? [`${formatCount(added, 'token')} more`] : []),
		...(moved > 0 ? [`${formatCount(moved, 'token')} with a different id`] : [])
	];
	const sentence =
		conflictingIds > 0
			? `${formatCount(conflictingIds, 'id')} of A ${conflictingIds === 1 ? 'stands' : 'stand'} for a different token in B.`
			: `B has ${parts.join(', ')}.`;
	const severity = severityOf(config, /^(model\.vocab|added_tokens)$/) ?? 'harmless';
	return checked('vocabulary', isBad(severity) ? 'fail' : 'pass', severity, sentence, details);
}

/** The worst severity among the fields that match; `null` if none differs. */
const severityOf = (config: readonly ConfigDifference[], fields: RegExp): Severity | null =>
	worst(config.filter(({ field }) => fields.test(field)).map(({ severity }) => severity));

/** Which fields differ, and which change what comes out? */
export function checkConfig(findings: readonly ConfigDifference[]): DriftCheck {
	if (findings.length === 0) return checked('config', 'pass', null, 'Every field is the same.');
	const severity = worst(findings.map((difference) => difference.severity));
	const telling = findings.filter((difference) => difference.severity === severity);
	const details = telling
		.slice(0, MAX_DETAILS)
		.map(({ field, sentence }) => `${field}: ${sentence}`);
	if (isBad(severity)) {
		const [first, ...others] = details;
		const more =
			telling.length === 1
				? ''
				: ` ${formatCount(telling.length - 1, 'other field')} ${telling.length === 2 ? 'changes' : 'change'} what comes out, too.`;
		return checked('config', 'fail', severity, `${first}${more}`, others);
	}
	const fields = `${formatCount(findings.length, 'field')} ${findings.length === 1 ? 'differs' : 'differ'}`;
	const sentence =
		severity === 'harmless'
			? `${fields}, and nothing that comes out is known to change.`
			: `${fields} only in how they are written.`;
	return checked('config', 'pass', severity, sentence, details);
}

/** Can every token still be reached? */
export function checkSelfEncoding(findings: SelfEncodeFindings | null): DriftCheck {
	if (!findings) return checked('self-encode', 'open', null, 'Not run yet.');
	const { a, b, lost } = findings;
	const details = [
		`Unreachable in A: ${formatNumber(a.unreachable.length)} of ${formatNumber(a.tried)} tokens. In B: ${formatNumber(b.unreachable.length)} of ${formatNumber(b.tried)}.`
	];
	if (lost.length > 0) {
		const sentence = `B can no longer produce ${formatCount(lost.length, 'token')} that A can.`;
		return checked('self-encode', 'fail', 'silent', sentence, details);
	}
	const sentence = 'B can produce every token that both have and A can produce.';
	return checked('self-encode', 'pass', null, sentence, details);
}

/** Does real text change? @param rows of the model's embedding */
export function checkText(findings: TextFindings | null, rows: number): DriftCheck {
	if (!findings) return checked('text', 'open', null, 'Not run: no text was given.');
	if (findings.bytes === 0) return checked('text', 'open', null, 'Not run: the text is empty.');
	const { tokensA, tokensB, documents, documentsChanged, largestIdB } = findings;
	const first = findings.firstDivergence;
	const details = [
		...(largestIdB >= rows
			? [`B gives the text id ${largestIdB}, and the model has ${formatCount(rows, 'row')}.`]
			: []),
		...(documents > 1
			? [`${formatNumber(documentsChanged)} of ${formatCount(documents, 'document')} change.`]
			: []),
		`${formatCount(tokensA, 'token')} in A, ${formatNumber(tokensB)} in B.`,
		...(first
			? [
					`First in ${first.document} at byte ${formatNumber(first.byte)}: ${formatIds(first.idsA)} in A, ${formatIds(first.idsB)} in B.`
				]
			: [])
	];
	if (documentsChanged > 0) {
		const severity = largestIdB >= rows ? 'crash' : 'silent';
		return checked('text', 'fail', severity, describeTextChange(findings), details);
	}
	const sentence = `All ${formatCount(tokensA, 'token')} of the text have the same ids.`;
	return checked('text', 'pass', null, sentence, details);
}

/** Does a text come back? */
export function checkRoundTrips(
	{ tried, differing, changedA, changedB, examples }: RoundTripFindings,
	text: TextFindings | null
): DriftCheck {
	if (tried === 0) {
		const sentence = 'Not run: a pattern backtracks without end on longer texts.';
		return checked('round-trip', 'open', null, sentence);
	}
	const lost = (text?.perDocument ?? []).filter((one) => one.comesBackA !== one.comesBackB);
	const summary = `Of ${formatCount(tried, 'text')}, ${formatNumber(changedA)} do not return unchanged from A and ${formatNumber(changedB)} from B.`;
	if (differing === 0 && lost.length === 0) {
		const sentence = 'Text to ids and back gives the same text on both sides.';
		return checked('round-trip', 'pass', null, sentence, [summary]);
	}
	const sentence =
		differing > 0
			? `${formatCount(differing, 'text')} of ${formatNumber(tried)} ${differing === 1 ? 'returns' : 'return'} differently from B.`
			: `${formatCount(lost.length, 'document')} ${lost.length === 1 ? 'returns' : 'return'} unchanged from one side only.`;
	return checked('round-trip', 'fail', 'silent', sentence, [
		summary,
		...examples.map(
			({ input, a, b }) =>
				`${quote(input)} returns as ${quote(a)} from A and as ${quote(b)} from B.`
		),
		...lost
			.slice(0, 3)
			.map(
				({ name, comesBackA }) => `${name} returns unchanged from ${comesBackA ? 'A' : 'B'} only.`
			)
	]);
}

/** Are special tokens recognised, and is a BOS where the model expects one? */
export function checkSpecialTokens(
	{ added, missing, moved, flags, template, chat }: SpecialTokensFindings,
	config: readonly ConfigDifference[]
): DriftCheck {
	const details: string[] = [];
	if (template.state !== 'same') details.push(describeTemplate(template));
	if (missing.length > 0) details.push(`Missing in B: ${formatContents(missing)}.`);
	if (added.length > 0) details.push(`Only in B: ${formatContents(added)}.`);
	if (moved.length > 0) {
		const [first] = moved;
		details.push(
			`${formatCount(moved.length, 'added token')} moved: ${quote(first.content)} from ${first.a} to ${first.b}.`
		);
	}
	if (flags.length > 0) {
		const [{ content, flag, a, b }] = flags;
		details.push(
			`${formatCount(flags.length, 'flag')} changed: ${flag} of ${quote(content)} from ${a} to ${b}.`
		);
	}
	if (chat.length > 0) {
		const [{ input, idsA, idsB }] = chat;
		details.push(`${quote(input)} is ${formatIds(idsA)} in A and ${formatIds(idsB)} in B.`);
	}
	if (details.length === 0) {
		const sentence =
			'The same special tokens, recognised in the same places, and the same tokens around a text.';
		return checked('special-tokens', 'pass', null, sentence);
	}
	const [sentence, ...others] = details.slice(0, MAX_DETAILS);
	return chat.length > 0 || isBad(severityOf(config, /^added_tokens|^post_processor$/))
		? checked('special-tokens', 'fail', 'silent', sentence, others)
		: checked('special-tokens', 'pass', 'harmless', sentence, others);
}

function describeTemplate({ a, b, state }: SpecialTokensFindings['template']): string {
	const around = `A puts ${formatIds([...a.before, ...a.after])} around a text, B ${formatIds([...b.before, ...b.after])}`;
	switch (state) {
		case 'missing':
			return `B leaves out tokens that the model expects around a text: ${around}.`;
		case 'doubled':
			return `B puts the BOS twice: ${around}.`;
		case 'extra':
			return `B adds tokens around a text: ${around}.`;
		default:
			return `B puts different tokens around a text: ${around}.`;
	}
}

/** Reports the cost of what the other checks found. It names no cause of its own. */
export function checkDamage(findings: DamageFindings | null, crashes: boolean): DriftCheck {
	if (!findings) return checked('damage', 'open', null, 'Damage not measured yet.');
	const { measurements } = findings;
	const details = measurements.flatMap(({ damage, corpus }) => {
		const { warning, rows, sizes } = describeDamage(damage, corpus, crashes);
		const prefix = measurements.length === 1 ? '' : `On ${corpus}: `;
		const figures = rows.slice(0, 3).map(({ name, a, b }) => `${name} ${a} with A, ${b} with B`);
		const line = `${prefix}${figures.join('; ')}.`;
		return [
			...(warning === null ? [] : [`${prefix}${warning}`]),
			...(figures.length === 0 ? [] : [line[0].toUpperCase() + line.slice(1)]),
			...(sizes === null ? [] : [sizes])
		];
	});
	const severities = measurements.flatMap(({ damage }): Severity[] => {
		if (damage.outcome === 'crash') return ['crash'];
		return damage.change === 0 && droppedBytes(damage) === 0 ? [] : ['silent'];
	});
	const severity = worst(severities);
	const sentence = summarizeDamage(measurements, crashes);
	return checked('damage', severity ? 'fail' : 'pass', severity, sentence, details);
}
