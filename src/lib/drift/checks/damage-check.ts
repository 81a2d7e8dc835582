import type { Damage } from '../damage/types';
import { damageWords, droppedBytes, summarizeDamage } from '../damage/words';
import type { DamageFindings, DriftCheck } from '../types';

/** What does it cost? Measures what the other checks found, and names no cause of its own. */
export function damageCheck(findings: DamageFindings | null, crashes: boolean): DriftCheck {
	const base = { id: 'damage' } as const;
	if (!findings) {
		return {
			...base,
			status: 'open',
			severity: null,
			sentence: 'Damage not measured yet.',
			details: []
		};
	}
	const { measurements } = findings;
	const sentence = summarizeDamage(measurements, crashes);
	const details = measurements.flatMap(({ damage, corpus }) => {
		const { warning, rows, sizes } = damageWords(damage, corpus, crashes);
		const prefix = measurements.length === 1 ? '' : `On ${corpus}: `;
		const figures = rows.slice(0, 3).map(({ name, a, b }) => `${name} ${a} with A, ${b} with B`);
		return [
			...(warning === null ? [] : [`${prefix}${warning}`]),
			...(figures.length === 0 ? [] : [sentenceCase(`${prefix}${figures.join('; ')}.`)]),
			...(sizes === null ? [] : [sizes])
		];
	});
	if (measurements.some(({ damage }) => damage.outcome === 'crash')) {
		return { ...base, status: 'fail', severity: 'crash', sentence, details };
	}
	return measurements.every(({ damage }) => isHarmless(damage))
		? { ...base, status: 'pass', severity: null, sentence, details }
		: { ...base, status: 'fail', severity: 'silent', sentence, details };
}

const isHarmless = (damage: Damage): boolean =>
	damage.outcome === 'measured' && damage.change === 0 && droppedBytes(damage) === 0;

const sentenceCase = (words: string): string => words[0].toUpperCase() + words.slice(1);
