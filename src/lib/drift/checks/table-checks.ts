import type {
	ConfigDifference,
	DriftCheck,
	EmbeddingFindings,
	OutputFindings,
	QuickFindings,
	SpecialTokensFindings,
	VocabularyFindings,
	Witness
} from '../types';
import { worst } from './severity';
import { counted, idList, quoted } from './words';

/** Details that a check gives. */
const MAX_DETAILS = 5;

const isBad = (severity: DriftCheck['severity']): boolean =>
	severity === 'silent' || severity === 'crash';

/** Does native load both files? */
export function loadsCheck({ a, b }: QuickFindings['loads']): DriftCheck {
	const base = { id: 'loads' } as const;
	if (a === b && a.startsWith('aborts')) {
		const sentence = `Hugging Face’s library aborts on some input with both: ${a.slice('aborts: '.length)}.`;
		return { ...base, status: 'pass', severity: null, sentence, details: [] };
	}
	const failing = [
		['B', b],
		['A', a]
	].filter(([, loads]) => loads !== 'yes');
	if (failing.length === 0) {
		const sentence = 'Hugging Face’s library loads and runs both.';
		return { ...base, status: 'pass', severity: null, sentence, details: [] };
	}
	const sentences = failing.map(([side, loads]) => {
		const [, kind, words] = /^(\w+): (.*)$/s.exec(loads) ?? [];
		return kind === 'aborts'
			? `Hugging Face’s library loads ${side} and then aborts: ${words}.`
			: `Hugging Face’s library refuses to load ${side}: ${words}.`;
	});
	const [sentence, ...details] = sentences;
	return { ...base, status: 'fail', severity: 'crash', sentence, details };
}

/** Does the same input come out the same? */
export function outputCheck(output: OutputFindings): DriftCheck {
	const { probes, depth, witnesses, severity, troubles, notes } = output;
	const base = { id: 'output', severity } as const;
	const tried = `${counted(probes, 'input')}${depth === 'quick' ? ' so far' : ''}`;
	if (severity !== null) {
		const details = [...witnesses.slice(0, 3).map(witnessSentence), ...troubles, ...notes];
		return { ...base, status: 'fail', sentence: seenSentence(output, tried), details };
	}
	const details = [...troubles, ...notes];
	const sentence =
		depth === 'proven'
			? 'Nothing that differs between the two can change what comes out.'
			: `${tried}: the same ids and the same text from both.`;
	return { ...base, status: depth === 'quick' ? 'open' : 'pass', sentence, details };
}

function seenSentence(
	{ differing, witnesses, troubles, severity }: OutputFindings,
	tried: string
): string {
	if (severity === 'crash' && troubles.length > 0) return troubles[0];
	if (differing > 0) {
		return `${differing.toLocaleString('en')} of ${tried} ${differing === 1 ? 'comes' : 'come'} out differently.`;
	}
	const [witness] = witnesses;
	if (!witness) return troubles[0] ?? 'What comes out is random.';
	return witness.reference === 'native'
		? 'Texts come out differently in a batch, when they are truncated, or with the tokens around them.'
		: `Hugging Face’s library gives the same on both sides. ${witness.reference} does not.`;
}

/** A witness in one sentence, with both ids or both texts. */
function witnessSentence(witness: Witness): string {
	const { does, inputs, special, skipSpecial, reference, a, b } = witness;
	const input = inputs.map((text) => quoted(text)).join(does === 'encode-pair' ? ' with ' : ', ');
	const where = reference === 'native' ? '' : ` in ${reference}`;
	const asText = special === 'text' ? ', special tokens as text,' : '';
	if (a.error !== undefined || b.error !== undefined) {
		const says = ({ ids, error }: Witness['a']) =>
			error === undefined ? idList(ids) : `stops: ${error}`;
		return `${input}${asText}: A ${says(a)}, B ${says(b)}${where}.`;
	}
	if (does === 'decode') {
		const without = skipSpecial ? ' without special tokens' : '';
		return `The ids of ${input}${asText} read${without} as ${quoted(a.text)} in A and ${quoted(b.text)} in B${where}.`;
	}
	const what: Record<Exclude<Witness['does'], 'decode'>, string> = {
		encode: `${input}${asText} is`,
		'encode-pair': `The pair ${input} is`,
		'encode-batch': `${quoted(inputs[0])}${inputs.length > 1 ? ' beside a longer text' : ''} is`
	};
	if (a.ids.length + b.ids.length > 60) {
		return `${what[does]} ${counted(a.ids.length, 'token')} in A and ${counted(b.ids.length, 'token')} in B${where}.`;
	}
	return `${what[does]} ${idList(a.ids)} in A and ${idList(b.ids)} in B${where}.`;
}

/** Would it error? */
export function embeddingCheck(
	{ rows, sizeB, outOfRange, inPadding, unreachable, firstId, state }: EmbeddingFindings,
	{ witnesses, depth }: OutputFindings
): DriftCheck {
	const last = (sizeB - 1).toLocaleString('en');
	const model = `the model has ${counted(rows, 'row')}`;
	const details =
		unreachable > 0
			? [
					`${counted(unreachable, 'new token')} of B cannot come out: no merge makes ${unreachable === 1 ? 'it' : 'them'}.`
				]
			: [];
	const base = { id: 'embedding', details } as const;
	if (state === 'out-of-range') {
		const isReached = witnesses.some(({ b }) => b.ids.some((id) => id >= rows));
		const sentence = `${counted(outOfRange, 'token')} of B ${outOfRange === 1 ? 'has an id' : 'have ids'} without a row: ids go up to ${last}, ${model}.`;
		if (isReached) return { ...base, status: 'fail', severity: 'crash', sentence };
		const open = `${sentence} No input that was tried leads to ${outOfRange === 1 ? 'it' : 'one of them'}.`;
		return {
			...base,
			status: depth === 'quick' ? 'open' : 'pass',
			severity: 'harmless',
			sentence: open
		};
	}
	if (state === 'padding') {
		const isReached = witnesses.length > 0;
		const sentence = `${counted(inPadding, 'token')} of B, from id ${firstId ?? 0} on, ${inPadding === 1 ? 'has a row' : 'have rows'} that A never uses: no error, and no meaning.`;
		return isReached
			? { ...base, status: 'fail', severity: 'silent', sentence }
			: { ...base, status: 'pass', severity: 'harmless', sentence };
	}
	const sentence = `Every id that B can give has a row: ids go up to ${last}, ${model}.`;
	return { ...base, status: 'pass', severity: null, sentence };
}

/** Does each id mean the same? */
export function vocabularyCheck(
	findings: VocabularyFindings,
	config: readonly ConfigDifference[]
): DriftCheck {
	const { shared, sameId, moved, added, removed, conflictingIds, sizeA } = findings;
	if (moved === 0 && added === 0 && removed === 0 && conflictingIds === 0) {
		const sentence = `All ${counted(sizeA, 'token')} have the same ids.`;
		return { id: 'vocabulary', status: 'pass', severity: null, sentence, details: [] };
	}
	const details = [
		`Without special tokens, ${shared.toLocaleString('en')} are shared: ${sameId.toLocaleString('en')} with the same id, ${moved.toLocaleString('en')} with a different one.`,
		`${counted(added, 'token')} only in B, ${removed.toLocaleString('en')} only in A.`
	];
	const parts = [
		...(removed > 0 ? [`${counted(removed, 'token')} fewer`] : []),
		...(added > 0 ? [`${counted(added, 'token')} more`] : []),
		...(moved > 0 ? [`${counted(moved, 'token')} with a different id`] : [])
	];
	const sentence =
		conflictingIds > 0
			? `${counted(conflictingIds, 'id')} of A ${conflictingIds === 1 ? 'stands' : 'stand'} for a different token in B.`
			: `B has ${parts.join(', ')}.`;
	const severity = severityOf(
		config,
		(field) => field === 'model.vocab' || field === 'added_tokens'
	);
	const status = isBad(severity) ? 'fail' : 'pass';
	return { id: 'vocabulary', status, severity: severity ?? 'harmless', sentence, details };
}

const severityOf = (
	config: readonly ConfigDifference[],
	isMeant: (field: string) => boolean
): DriftCheck['severity'] =>
	worst(config.filter(({ field }) => isMeant(field)).map(({ severity }) => severity));

/** Which fields differ, and which change what comes out? */
export function configCheck(findings: readonly ConfigDifference[]): DriftCheck {
	const base = { id: 'config' } as const;
	if (findings.length === 0) {
		const sentence = 'Every field is the same.';
		return { ...base, status: 'pass', severity: null, sentence, details: [] };
	}
	const severity = worst(findings.map((difference) => difference.severity));
	const telling = findings.filter((difference) => difference.severity === severity);
	const details = telling
		.slice(0, MAX_DETAILS)
		.map(({ field, sentence }) => `${field}: ${sentence}`);
	if (isBad(severity)) {
		const [first] = details;
		const more =
			telling.length === 1
				? ''
				: ` ${counted(telling.length - 1, 'other field')} ${telling.length === 2 ? 'changes' : 'change'} what comes out, too.`;
		return {
			...base,
			status: 'fail',
			severity,
			sentence: `${first}${more}`,
			details: details.slice(1)
		};
	}
	const fields = `${counted(findings.length, 'field')} ${findings.length === 1 ? 'differs' : 'differ'}`;
	const sentence =
		severity === 'harmless'
			? `${fields}, and nothing that comes out is known to change.`
			: `${fields} only in how they are written.`;
	return { ...base, status: 'pass', severity, sentence, details };
}

/** Are special tokens recognised, and is a BOS where the model expects one? */
export function specialTokensCheck(
	findings: SpecialTokensFindings,
	config: readonly ConfigDifference[]
): DriftCheck {
	const { added, missing, moved, flags, template, chat } = findings;
	const details: string[] = [];
	if (template.state !== 'same') details.push(templateSentence(template));
	if (missing.length > 0) details.push(`Missing in B: ${names(missing)}.`);
	if (added.length > 0) details.push(`Only in B: ${names(added)}.`);
	if (moved.length > 0) {
		const [first] = moved;
		details.push(
			`${counted(moved.length, 'added token')} moved: ${quoted(first.content)} from ${first.a} to ${first.b}.`
		);
	}
	if (flags.length > 0) {
		const [{ content, flag, a, b }] = flags;
		details.push(
			`${counted(flags.length, 'flag')} changed: ${flag} of ${quoted(content)} from ${a} to ${b}.`
		);
	}
	if (chat.length > 0) {
		const [{ input, idsA, idsB }] = chat;
		details.push(`${quoted(input)} is ${idList(idsA)} in A and ${idList(idsB)} in B.`);
	}
	const base = { id: 'special-tokens', details: details.slice(1, MAX_DETAILS) } as const;
	if (details.length === 0) {
		const sentence =
			'The same special tokens, recognised in the same places, and the same tokens around a text.';
		return { ...base, status: 'pass', severity: null, sentence };
	}
	const ofFields = severityOf(
		config,
		(field) => field.startsWith('added_tokens') || field === 'post_processor'
	);
	const differs = chat.length > 0 || isBad(ofFields);
	const severity = differs ? 'silent' : 'harmless';
	return { ...base, status: differs ? 'fail' : 'pass', severity, sentence: details[0] };
}

function templateSentence({ a, b, state }: SpecialTokensFindings['template']): string {
	const around = `A puts ${idList([...a.before, ...a.after])} around a text, B ${idList([...b.before, ...b.after])}`;
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

function names(tokens: SpecialTokensFindings['added']): string {
	const shown = tokens.slice(0, 3).map(({ content }) => quoted(content));
	const more = tokens.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}
