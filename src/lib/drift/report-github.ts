import { workflowCommand } from './escapes';
import { explainVerdict, findHubFileReason, findReasonCheck } from './explain';
import { clip } from './format';
import { CHECK_LABELS } from './messages';
import {
	isHarmful,
	type DriftReport,
	type RefusalReport,
	type Severity,
	type Verdict
} from './types';

/** GitHub shows at most ten annotations of each level per step. */
const MAX_ANNOTATIONS = 10;
/** Maximum length of a line in a message, in UTF-16 code units. */
const MAX_LINE_UNITS = 500;

export const VERDICT_LEVELS = {
	identical: 'notice',
	'formatting-only': 'notice',
	harmless: 'warning',
	silent: 'error',
	crash: 'error'
} as const satisfies Record<Verdict, string>;

interface Finding {
	readonly title: string;
	readonly severity: Severity;
	readonly lines: readonly string[];
	readonly file: string;
}

/**
 * Formats a report as GitHub annotations, one per line: the verdict, then the findings that are `silent` or worse.
 * @param path returns the path to B's `tokenizer.json` or to a file next to it; `null` if B isn't a file
 */
export function driftReportGitHub(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string },
	path: (file: string) => string | null
): string {
	const { verdict } = report;
	const { headline, reason, witness } = explainVerdict(report);
	const found = findingsOf(report);
	const shown = found.slice(0, MAX_ANNOTATIONS - 1);
	const more = found.length - shown.length;
	const first = [
		`${names.a} → ${names.b}`,
		headline,
		reason,
		...(witness ? [`Input ${witness.input}: A ${witness.a}, B ${witness.b}`] : []),
		...(more > 0 ? [`${more} more: see the report.`] : [])
	];
	const hubFile =
		'config' in report ? findHubFileReason(verdict, report.beside, report.checks)?.file : undefined;
	const all = [
		{
			title: `Tokenizer drift: ${verdict}`,
			severity: verdict,
			lines: first,
			file: hubFile ?? TOKENIZER_JSON
		},
		...shown
	];
	return all
		.map(({ title, severity, lines, file }) => {
			const properties = { title: clipped(title), file: path(file) };
			return `${workflowCommand(VERDICT_LEVELS[severity], properties, lines.map(clipped))}\n`;
		})
		.join('');
}

const TOKENIZER_JSON = 'tokenizer.json';

const clipped = (line: string): string => clip(line, MAX_LINE_UNITS);

/** Lists the fields that change the output, then the failed checks, omitting the one that explains the verdict. */
function findingsOf(report: DriftReport | RefusalReport): Finding[] {
	if (!('config' in report)) return [];
	const reason = findReasonCheck(report.verdict, report.checks)?.id;
	const fields = [
		...report.config.map((one) => ({ ...one, title: one.field, file: TOKENIZER_JSON })),
		...(report.beside?.differences ?? []).map((one) => ({
			...one,
			title: one.field === null ? one.file : `${one.file}: ${one.field}`
		}))
	];
	return [
		...fields
			.filter(({ severity }) => isHarmful(severity))
			.map(({ title, severity, sentence, file }) => ({ title, severity, lines: [sentence], file })),
		...report.checks.flatMap(({ id, severity, status, sentence, details }) => {
			if (status !== 'fail' || !severity || id === reason || id === 'config') return [];
			const lines = [sentence, ...details];
			return [{ title: CHECK_LABELS[id].name, severity, lines, file: TOKENIZER_JSON }];
		})
	];
}
