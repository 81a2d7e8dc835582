import { CHECK_WORDS, STATUS_SIGNS } from './checks/words';
import type { DriftReport } from './types';

/** The verdict and the eight checks for a terminal; what failed with its details. */
export function driftReportText(
	{ verdict, reason, checks }: DriftReport,
	names: { readonly a: string; readonly b: string }
): string {
	const width = Math.max(...Object.values(CHECK_WORDS).map(({ name }) => name.length));
	const lines = checks.flatMap(({ id, status, sentence, details }) => [
		`  ${STATUS_SIGNS[status]} ${CHECK_WORDS[id].name.padEnd(width)}  ${sentence}`,
		...(status === 'fail' ? details.map((detail) => `    ${''.padEnd(width)}  ${detail}`) : [])
	]);
	return [`${names.a} → ${names.b}: ${verdict}`, reason, '', ...lines, ''].join('\n');
}
