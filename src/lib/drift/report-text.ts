import { printable } from './escapes';
import { explainVerdict } from './explain';
import { BESIDE, describeHubFile, NO_HUB_FILE_DIFFERENCE } from './hub-files/messages';
import { CHECK_LABELS, STATUS_SIGNS } from './messages';
import { isHarmful, type DriftReport, type RefusalReport } from './types';

/**
 * Formats a report for a terminal: the verdict with an explanation, then all checks, with details for those that
 * failed.
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
	const width = Math.max(...Object.values(CHECK_LABELS).map(({ name }) => name.length));
	const lines = checks.flatMap(({ id, status, sentence, details }) => [
		`  ${STATUS_SIGNS[status]} ${CHECK_LABELS[id].name.padEnd(width)}  ${sentence}`,
		...(status === 'fail' || status === 'incomplete'
			? details.map((detail) => `    ${''.padEnd(width)}  ${detail}`)
			: [])
	]);
	return [
		`${names.a} → ${names.b}: ${verdict}`,
		headline,
		'',
		...rows.map(([name, value]) => `  ${name.padEnd(8)}  ${value}`),
		'',
		...lines,
		...hubFileLines(report),
		''
	]
		.map(printable)
		.join('\n');
}

function hubFileLines(report: DriftReport | RefusalReport): string[] {
	if (!('beside' in report) || !report.beside) return [];
	const { differences, notes } = report.beside;
	return [
		'',
		BESIDE,
		...differences.map(
			(one) =>
				`  ${STATUS_SIGNS[isHarmful(one.severity) ? 'fail' : 'pass']} ${describeHubFile(one)}`
		),
		...(differences.length === 0 && notes.length === 0
			? [`  ${STATUS_SIGNS.pass} ${NO_HUB_FILE_DIFFERENCE}`]
			: []),
		...notes.map((note) => `  ${STATUS_SIGNS.open} ${note}`)
	];
}
