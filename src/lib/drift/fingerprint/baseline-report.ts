/** Formats a comparison with a baseline for people. */
import { markdownProse, printable, workflowCommand } from '../escapes';
import { VERDICT_LEVELS } from '../report-github';
import type { BaselineReport } from './compare-baseline';

const titleOf = ({ tokenizers, verdict }: BaselineReport): string =>
	`${tokenizers.baseline} (baseline) → ${tokenizers.b}: ${verdict}`;

export function baselineReportText(report: BaselineReport): string {
	const { reason, differences, notes, fingerprints } = report;
	return [
		titleOf(report),
		reason,
		'',
		...differences.map(({ severity, sentence }) => `  ${severity.padEnd(15)}  ${sentence}`),
		...(differences.length > 0 ? [''] : []),
		`Baseline ${fingerprints.baseline}`,
		`Now      ${fingerprints.b ?? 'none: the file cannot be run'}`,
		...notes.flatMap((note) => ['', note]),
		''
	]
		.map(printable)
		.join('\n');
}

export function baselineReportMarkdown(report: BaselineReport): string {
	const { reason, differences, notes, fingerprints } = report;
	const safe = (text: string) => markdownProse(printable(text));
	return `${[
		`# ${safe(titleOf(report))}`,
		safe(reason),
		...(differences.length > 0
			? [
					differences
						.map(({ severity, sentence }) => `- **${severity}**: ${safe(sentence)}`)
						.join('\n')
				]
			: []),
		`Baseline \`${fingerprints.baseline}\`  \nNow ${fingerprints.b === null ? 'none: the file cannot be run' : `\`${fingerprints.b}\``}`,
		...notes.map(safe)
	].join('\n\n')}\n`;
}

/** @param file that the annotation is about; `null` for none */
export function baselineReportGitHub(report: BaselineReport, file: string | null): string {
	const { verdict, reason, differences } = report;
	const lines = [titleOf(report), reason, ...differences.slice(1).map(({ sentence }) => sentence)];
	const properties = { title: `Tokenizer drift: ${verdict}`, file };
	return `${workflowCommand(VERDICT_LEVELS[verdict], properties, lines)}\n`;
}
