import { droppedBytes, damageWords } from '../damage/words';
import type { DamageFindings, DriftCheck } from '../types';

/** What does it cost? Not a cause of its own: it measures what the others found. */
export function damageCheck(findings: DamageFindings | null, crashes: boolean): DriftCheck {
	const base = { id: 'damage' } as const;
	if (!findings) {
		const sentence = 'Not measured yet: what a small model of A’s ids loses on B’s.';
		return { ...base, status: 'open', severity: null, sentence, details: [] };
	}
	const { damage, corpus } = findings;
	const words = damageWords(damage, corpus, crashes);
	const sentence = words.figure === null ? words.sentence : `${words.figure} ${words.sentence}`;
	const details = [
		...(words.warning === null ? [] : [words.warning]),
		...words.rows
			.slice(0, 3)
			.map(({ name, a, b }) => `${sentenceCase(name)}: ${a} with A, ${b} with B.`),
		...(words.sizes === null ? [] : [words.sizes])
	];
	if (damage.outcome === 'crash') {
		return { ...base, status: 'fail', severity: 'crash', sentence, details };
	}
	const same = damage.change === 0 && droppedBytes(damage) === 0;
	return same
		? { ...base, status: 'pass', severity: null, sentence, details }
		: { ...base, status: 'fail', severity: 'silent', sentence, details };
}

const sentenceCase = (words: string): string => words[0].toUpperCase() + words.slice(1);
