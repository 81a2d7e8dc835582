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
		const sentence = 'Not run yet.';
		return { ...base, status: 'open', severity: null, sentence };
	}
	const { a, b, lost } = findings;
	const details = [
		`Unreachable in A: ${a.unreachable.length.toLocaleString('en')} of ${a.tried.toLocaleString('en')} tokens. In B: ${b.unreachable.length.toLocaleString('en')} of ${b.tried.toLocaleString('en')}.`
	];
	if (lost.length > 0) {
		const sentence = `B can no longer produce ${counted(lost.length, 'token')} that A can.`;
		return { ...base, status: 'fail', severity: 'silent', sentence, details };
	}
	const sentence = 'B can produce every token that both have and A can produce.';
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
			`B gives the text id ${findings.largestIdB}, and the model has ${counted(rows, 'row')}.`
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
			`First in ${first.document} at byte ${first.byte.toLocaleString('en')}: ${idList(first.idsA)} in A, ${idList(first.idsB)} in B.`
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
	if (tried === 0) {
		const sentence = 'Not run: a pattern backtracks without end on longer texts.';
		return { ...base, status: 'open', severity: null, sentence, details: [] };
	}
	const lost = (text?.perDocument ?? []).filter((one) => one.comesBackA !== one.comesBackB);
	const details = [
		`Of ${counted(tried, 'text')}, ${changedA.toLocaleString('en')} do not return unchanged from A and ${changedB.toLocaleString('en')} from B.`,
		...examples.map(
			({ input, a, b }) =>
				`${quoted(input)} returns as ${quoted(a)} from A and as ${quoted(b)} from B.`
		),
		...lost
			.slice(0, 3)
			.map(
				({ name, comesBackA }) => `${name} returns unchanged from ${comesBackA ? 'A' : 'B'} only.`
			)
	];
	if (differing > 0 || lost.length > 0) {
		const sentence =
			differing > 0
				? `${counted(differing, 'text')} of ${tried.toLocaleString('en')} ${differing === 1 ? 'returns' : 'return'} differently from B.`
				: `${counted(lost.length, 'document')} ${lost.length === 1 ? 'returns' : 'return'} unchanged from one side only.`;
		return { ...base, status: 'fail', severity: 'silent', sentence, details };
	}
	const sentence = 'Text to ids and back gives the same text on both sides.';
	return { ...base, status: 'pass', severity: null, sentence, details: details.slice(0, 1) };
}
