import { DAMAGE_FIGURES, describeDamage, summarizeDamage } from './damage/messages';
import { markdownCell, markdownCode as code, markdownProse as prose } from './escapes';
import { explainVerdict } from './explain';
import { formatCount, formatShare } from '../engine/text';
import { clip, formatIds, quote } from './format';
import { BESIDE, NO_HUB_FILE_DIFFERENCE } from './hub-files/messages';
import { CHECK_LABELS, STATUS_SIGNS } from './messages';
import { isHarmful, type DriftReport, type RefusalReport } from './types';

const MAX_DOCUMENTS = 20;
/** Maximum length of a displayed field value, in UTF-16 code units. */
const MAX_VALUE_UNITS = 120;

/**
 * Formats a report as Markdown.
 * @param command command that reproduces the verdict; `null` if there is none
 */
export function driftReportMarkdown(
	report: DriftReport | RefusalReport,
	names: { readonly a: string; readonly b: string },
	command: string | null
): string {
	const parts = [
		`# Tokenizer drift: ${report.verdict}`,
		`A (trained the model): ${code(names.a)}  \nB (serves it): ${code(names.b)}`,
		...explained(report, command),
		checksTable(report),
		...failing(report)
	];
	if ('config' in report) {
		parts.push(configTable(report), hubFilesSection(report), documentsTable(report));
		parts.push(damageSection(report), fingerprintTable(report));
	}
	return `${sections(parts)}\n`;
}

const sections = (parts: readonly string[]): string =>
	parts.filter((part) => part !== '').join('\n\n');

const list = (items: readonly string[]): string => items.map((item) => `- ${item}`).join('\n');

/** Explains the verdict: its meaning, reason, smallest input, and fixes. */
function explained(report: DriftReport | RefusalReport, command: string | null): string[] {
	const { headline, reason, evidence, witness, fixes } = explainVerdict(report);
	return [
		`**${prose(headline)}**`,
		`${prose(reason)} ${prose(evidence)}`,
		...(witness
			? [table(['Input', 'A', 'B'], [[code(witness.input), code(witness.a), code(witness.b)]])]
			: []),
		...(witness?.reference ? [`It shows in ${prose(witness.reference)}.`] : []),
		list(fixes.map(prose)),
		...(command === null ? [] : [`Repeat: ${code(command)}`])
	];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	return [
		line(head),
		line(head.map(() => '---')),
		...rows.map((row) => line(row.map(markdownCell)))
	].join('\n');
}

function checksTable({ checks }: Pick<DriftReport, 'checks'>): string {
	return table(
		['', 'Check', 'Severity', 'Finding'],
		checks.map(({ id, status, severity, sentence }) => [
			STATUS_SIGNS[status],
			CHECK_LABELS[id].name,
			severity ?? '',
			prose(sentence)
		])
	);
}

function failing({ checks }: Pick<DriftReport, 'checks'>): string[] {
	return checks
		.filter(({ status, details }) => status === 'fail' && details.length > 0)
		.map(({ id, details }) => sections([`**${CHECK_LABELS[id].name}**`, list(details.map(prose))]));
}

function configTable({ config }: DriftReport): string {
	if (config.length === 0) return '';
	const value = (json: string) => code(clip(json, MAX_VALUE_UNITS));
	return table(
		['Field', 'A', 'B', 'Severity', ''],
		config.map(({ field, a, b, severity, sentence, example }) => [
			code(field),
			value(a),
			value(b),
			severity,
			prose(
				example
					? `${sentence} A: ${example.a.map((part) => quote(part)).join(' ')}, B: ${example.b.map((part) => quote(part)).join(' ')}`
					: sentence
			)
		])
	);
}

function hubFilesSection({ beside }: DriftReport): string {
	if (!beside) return '';
	const { differences, notes } = beside;
	const value = (json: string | null) => code(clip(json ?? '', MAX_VALUE_UNITS));
	const rows = differences.map(({ file, field, a, b, severity, sentence }) => [
		code(file),
		code(field ?? ''),
		value(a),
		value(b),
		severity,
		prose(sentence)
	]);
	return sections([
		`## ${BESIDE}`,
		rows.length > 0 ? table(['File', 'Field', 'A', 'B', 'Severity', ''], rows) : '',
		rows.length + notes.length === 0 ? NO_HUB_FILE_DIFFERENCE : '',
		list(notes.map(prose))
	]);
}

function documentsTable({ text }: DriftReport): string {
	if (!text || text.documentsChanged === 0) return '';
	const rows = Array.from(text.worstFirst.subarray(0, MAX_DOCUMENTS), (i) => text.perDocument[i]);
	return table(
		[
			'Document',
			'Tokens A',
			'Tokens B',
			'Different id',
			'Split differently',
			'First at byte',
			'Ids'
		],
		rows.map(({ name, tokensA, tokensB, changedTokens, cutTokens, firstDivergence: first }) => [
			code(name),
			formatCount(tokensA),
			formatCount(tokensB),
			formatShare(tokensA === 0 ? 0 : changedTokens / tokensA),
			formatShare(tokensA === 0 ? 0 : cutTokens / tokensA),
			first ? formatCount(first.byte) : '',
			first ? `${formatIds(first.idsA)} → ${formatIds(first.idsB)}` : ''
		])
	);
}

function damageSection({ damage, verdict }: DriftReport): string {
	if (!damage) return '';
	const crashes = verdict === 'crash';
	const all = damage.measurements.map(({ corpus, damage: one }) => ({
		corpus,
		...describeDamage(one, corpus, crashes)
	}));
	const figures = table(
		['Text', 'Change in bits per byte', ...DAMAGE_FIGURES.map((name) => `${name}, A → B`)],
		// `rows` is empty if nothing was measured.
		all.map(({ corpus, figure, rows }) =>
			[
				corpus,
				figure ?? '–',
				...DAMAGE_FIGURES.map((_, i) => (rows.length === 0 ? '–' : `${rows[i].a} → ${rows[i].b}`))
			].map(prose)
		)
	);
	const notes = damage.notes.map(({ text, source }) =>
		source === null ? text : `${text} [${source.name}](${source.url})`
	);
	return sections([
		'## Measured damage',
		prose(summarizeDamage(damage.measurements, crashes)),
		...all.map(({ corpus, warning }) => (warning ? prose(`On ${corpus}: ${warning}`) : '')),
		...all.map(({ sizes }) => prose(sizes ?? '')),
		figures,
		list(notes)
	]);
}

function fingerprintTable({ fingerprint, verdict }: DriftReport): string {
	const { a, b, chkhshA, chkhshB, same, chkhshSame } = fingerprint;
	if (a === null || b === null) return '';
	const missed = (isSame: boolean) =>
		isHarmful(verdict) && isSame
			? 'the same: it misses this drift'
			: isSame
				? 'the same'
				: 'different';
	return table(
		['Fingerprint', 'A', 'B', ''],
		[
			['BPE Lab', code(a), code(b), missed(same)],
			['llama.cpp chkhsh', code(chkhshA ?? ''), code(chkhshB ?? ''), missed(chkhshSame)]
		]
	);
}
