import { CHECK_WORDS, STATUS_SIGNS } from './checks/words';
import { explainVerdict } from './explain';
import type { DriftReport, RefusalReport } from './types';

/**
 * The verdict for a terminal: what it means, why, the smallest input that shows it, what to change, and all
 * checks; what failed with its details.
 * @param command what gives this verdict again
 */
export function driftReportText(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string },
	command: string
): string {
	const { verdict, checks } = report;
	const { headline, reason, evidence, witness, fixes } = explainVerdict(report);
	const rows: (readonly [string, string])[] = [
		['Why', reason],
		...(witness
			? ([
					['Input', witness.input],
					['A', witness.a],
					['B', witness.b],
					...(witness.reference ? [['In', witness.reference] as const] : [])
				] as const)
			: []),
		['Evidence', evidence],
		...fixes.map((fix, i) => [i === 0 ? 'Fix' : '', fix] as const),
		['Repeat', command]
	];
	const width = Math.max(...Object.values(CHECK_WORDS).map(({ name }) => name.length));
	const lines = checks.flatMap(({ id, status, sentence, details }) => [
		`  ${STATUS_SIGNS[status]} ${CHECK_WORDS[id].name.padEnd(width)}  ${sentence}`,
		...(status === 'fail' ? details.map((detail) => `    ${''.padEnd(width)}  ${detail}`) : [])
	]);
	return [
		`${names.a} → ${names.b}: ${verdict}`,
		headline,
		'',
		...rows.map(([name, value]) => `  ${name.padEnd(8)}  ${value}`),
		'',
		...lines,
		''
	].join('\n');
}
