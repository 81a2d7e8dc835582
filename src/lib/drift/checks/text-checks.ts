import type {
	DriftCheck,
	EmbeddingFindings,
	RoundTripFindings,
	SelfEncodeFindings,
	TextFindings
} from '../types';
import { changeSentence, counted, idList, quoted } from './words';

/** Can every token still be reached? */
export function selfEncodeCheck(findings: SelfEncodeFindings | null): DriftCheck {
	const base = { id: 'self-encode', details: [] } as const;
	if (!findings) {
		const sentence = 'Not run yet: whether each token is what its own text encodes to.';
		return { ...base, status: 'open', severity: null, sentence };
	}
	const { a, b, lost } = findings;
	const details = [
		`On its own: A misses ${a.unreachable.length.toLocaleString('en')} of ${a.tried.toLocaleString('en')}, B ${b.unreachable.length.toLocaleString('en')} of ${b.tried.toLocaleString('en')}.`
	];
	if (lost.length > 0) {
		const sentence = `${counted(lost.length, 'token')} that A reaches can no longer be reached in B.`;
		return { ...base, status: 'fail', severity: 'silent', sentence, details };
	}
	const sentence = 'B reaches every token that A reaches and both have.';
	return { ...base, status: 'pass', severity: null, sentence, details };
}

/** Does real text change? */
export function textCheck(
	findings: TextFindings | null,
	{ rows }: Pick<EmbeddingFindings, 'rows'>
): DriftCheck {
	const base = { id: 'text' } as const;
	if (!findings) {
		const sentence = 'Not run: no text was given.';
		return { ...base, status: 'open', severity: null, sentence, details: [] };
	}
	if (findings.bytes === 0) {
		const sentence = 'Not run: the text is empty.';
		return { ...base, status: 'open', severity: null, sentence, details: [] };
	}
	const { tokensA, tokensB, documents, documentsChanged } = findings;
	const details: string[] = [];
	if (findings.largestIdB >= rows) {
		details.push(
			`The text leads to id ${findings.largestIdB}, and the model has ${counted(rows, 'row')}.`
		);
	}
	if (documents > 1) {
		details.push(
			`${documentsChanged.toLocaleString('en')} of ${counted(documents, 'document')} change.`
		);
	}
	details.push(`${counted(tokensA, 'token')} in A, ${tokensB.toLocaleString('en')} in B.`);
	const first = findings.firstDivergence;
	if (first) {
		details.push(
			`First in ${first.document} at byte ${first.byte.toLocaleString('en')}: ${idList(first.idsA)} and ${idList(first.idsB)}.`
		);
	}
	if (documentsChanged > 0) {
		const severity = findings.largestIdB >= rows ? 'crash' : 'silent';
		return { ...base, status: 'fail', severity, sentence: changeSentence(findings), details };
	}
	const sentence = `All ${counted(tokensA, 'token')} of the text have the same ids.`;
	return { ...base, status: 'pass', severity: null, sentence, details };
}

/** Does a text come back? */
export function roundTripCheck(findings: RoundTripFindings, text: TextFindings | null): DriftCheck {
	const { tried, differing, changedA, changedB, examples } = findings;
	const base = { id: 'round-trip' } as const;
	const lost = (text?.perDocument ?? []).filter((one) => one.comesBackA !== one.comesBackB);
	const details = [
		`Of ${counted(tried, 'probe')}, ${changedA.toLocaleString('en')} do not come back from A and ${changedB.toLocaleString('en')} not from B.`,
		...examples.map(
			({ input, a, b }) => `${quoted(input)} comes back as ${quoted(a)} and ${quoted(b)}.`
		),
		...lost
			.slice(0, 3)
			.map(({ name, comesBackA }) => `${name} comes back from ${comesBackA ? 'A' : 'B'} only.`)
	];
	if (differing > 0 || lost.length > 0) {
		const sentence =
			differing > 0
				? `${counted(differing, 'probe')} of ${tried.toLocaleString('en')} ${differing === 1 ? 'comes' : 'come'} back differently from B.`
				: `${counted(lost.length, 'document')} of the text ${lost.length === 1 ? 'comes' : 'come'} back from one side only.`;
		return { ...base, status: 'fail', severity: 'silent', sentence, details };
	}
	const sentence = 'Text, ids, text, ids: both sides give the same back.';
	return { ...base, status: 'pass', severity: null, sentence, details: details.slice(0, 1) };
}
