import type {
	ConfigDifference,
	DriftCheck,
	EmbeddingFindings,
	SpecialTokensFindings,
	VocabularyFindings
} from '../types';
import { worst } from './severity';
import { counted, idList, quoted } from './words';

/** How many details a check gives. */
const DETAILS = 5;

/** Would it error? */
export function embeddingCheck(findings: EmbeddingFindings): DriftCheck {
	const { rows, sizeB, outOfRange, inPadding, firstId, state } = findings;
	const base = { id: 'embedding', details: [] } as const;
	const last = (sizeB - 1).toLocaleString('en');
	const model = `the model has ${counted(rows, 'row')}`;
	if (state === 'out-of-range') {
		const sentence = `${counted(outOfRange, 'token')} of B ${outOfRange === 1 ? 'has an id' : 'have ids'} that the model has no row for: ids go up to ${last}, ${model}.`;
		return { ...base, status: 'fail', severity: 'crash', sentence };
	}
	if (state === 'padding') {
		const sentence = `${counted(inPadding, 'token')} of B, from id ${firstId ?? 0} on, ${inPadding === 1 ? 'lies' : 'lie'} in rows that were never trained: no error, and no meaning.`;
		return { ...base, status: 'fail', severity: 'silent', sentence };
	}
	const sentence = `Every id of B is in range: ids go up to ${last}, ${model}.`;
	return { ...base, status: 'pass', severity: null, sentence };
}

/** Does each id mean the same? */
export function vocabularyCheck(findings: VocabularyFindings): DriftCheck {
	const { shared, sameId, moved, added, removed, otherMeaning, sizeA } = findings;
	if (moved === 0 && added === 0 && removed === 0 && otherMeaning === 0) {
		const sentence = `All ${counted(sizeA, 'token')} have the same ids.`;
		return { id: 'vocabulary', status: 'pass', severity: null, sentence, details: [] };
	}
	const details = [
		`Special tokens apart, ${shared.toLocaleString('en')} are shared: ${sameId.toLocaleString('en')} with the same id, ${moved.toLocaleString('en')} with another.`,
		`${counted(added, 'token')} only in B, ${removed.toLocaleString('en')} only in A.`
	];
	const sentence =
		otherMeaning > 0
			? `${counted(otherMeaning, 'id')} of A ${otherMeaning === 1 ? 'names' : 'name'} another token in B.`
			: `B has other tokens: ${added.toLocaleString('en')} more, ${removed.toLocaleString('en')} fewer, ${moved.toLocaleString('en')} moved.`;
	return { id: 'vocabulary', status: 'fail', severity: 'silent', sentence, details };
}

/** Does each field say the same? */
export function configCheck(findings: readonly ConfigDifference[]): DriftCheck {
	const base = { id: 'config' } as const;
	if (findings.length === 0) {
		const sentence = 'Every field of the configuration is the same.';
		return { ...base, status: 'pass', severity: null, sentence, details: [] };
	}
	const severity = worst(findings.map((difference) => difference.severity));
	const telling = findings.filter((difference) => difference.severity === severity);
	const details = telling.slice(0, DETAILS).map(({ field, sentence }) => `${field}: ${sentence}`);
	const fields = `${counted(findings.length, 'field')} ${findings.length === 1 ? 'differs' : 'differ'}`;
	if (severity === 'silent' || severity === 'crash') {
		const [{ field, sentence: first }] = telling;
		const more =
			telling.length === 1
				? ''
				: ` ${counted(telling.length - 1, 'other field')} ${telling.length === 2 ? 'changes' : 'change'} what comes out, too.`;
		const sentence = `${field}: ${first}${more}`;
		return { ...base, status: 'fail', severity, sentence, details: details.slice(1) };
	}
	const sentence =
		severity === 'harmless'
			? `${fields}, and nothing that comes out is known to change.`
			: `${fields} in how it is written down only.`;
	return { ...base, status: 'pass', severity, sentence, details };
}

/** Are special tokens recognised, and is a BOS where the model expects one? */
export function specialTokensCheck(findings: SpecialTokensFindings): DriftCheck {
	const { added, missing, moved, flags, template, chat } = findings;
	const details: string[] = [];
	if (template.state !== 'same') details.push(templateWords(template));
	if (missing.length > 0) details.push(`Missing in B: ${names(missing)}.`);
	if (added.length > 0) details.push(`Only in B: ${names(added)}.`);
	if (moved.length > 0) {
		const [first] = moved;
		details.push(
			`${counted(moved.length, 'special token')} moved: ${quoted(first.content)} from ${first.a} to ${first.b}.`
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
		details.push(`${quoted(input)} is read differently: ${idList(idsA)} and ${idList(idsB)}.`);
	}
	const base = { id: 'special-tokens', details: details.slice(1, DETAILS) } as const;
	if (details.length > 0) {
		return { ...base, status: 'fail', severity: 'silent', sentence: details[0] };
	}
	const sentence = 'The same special tokens, recognised alike, and the same tokens around a text.';
	return { ...base, status: 'pass', severity: null, sentence };
}

function templateWords({ a, b, state }: SpecialTokensFindings['template']): string {
	const around = `A puts ${idList([...a.before, ...a.after])} around a text, B ${idList([...b.before, ...b.after])}`;
	switch (state) {
		case 'missing':
			return `B leaves tokens out that the model expects around a text: ${around}.`;
		case 'doubled':
			return `B puts the BOS twice: ${around}.`;
		case 'extra':
			return `B adds tokens around a text: ${around}.`;
		default:
			return `B puts other tokens around a text: ${around}.`;
	}
}

function names(tokens: SpecialTokensFindings['added']): string {
	const shown = tokens.slice(0, 3).map(({ content }) => quoted(content));
	const more = tokens.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`;
}
