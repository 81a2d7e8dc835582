import { join } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import {
	baselineReportGitHub,
	baselineReportMarkdown,
	baselineReportText,
	compareWithBaseline,
	driftReportGitHub,
	driftReportJson,
	driftReportMarkdown,
	driftReportText,
	judge,
	parseBaseline,
	VERDICTS,
	type BaselineReport,
	type DriftReport
} from '../../lib/drift';
import { printableJson } from '../../lib/drift/escapes';
import { CHECK_LABELS } from '../../lib/drift/messages';
import type { CheckId, Verdict } from '../../lib/drift/types';
import { excludeEachOther, GateFailed, withErrorPrefix, UserError } from '../failure';
import { readText } from '../input';
import type { Io } from '../io';
import { addReadingOptions, findShipped, loadSource, type ReadingFlags } from '../tokenizer';
import { requireSha256 } from './fingerprint';

/** For each value of --fail-on, the least severe verdict that makes the command fail. */
const GATES = {
	any: 'harmless',
	silent: 'silent',
	crash: 'crash'
} as const satisfies Record<string, Verdict>;

const FORMATS = ['text', 'json', 'markdown', 'github'] as const;
type ReportFormat = (typeof FORMATS)[number];

export interface ComparisonFlags extends ReadingFlags {
	readonly text?: readonly string[];
	readonly embeddingRows?: number;
	readonly format?: ReportFormat;
	readonly probes?: 'deep' | 'quick';
	readonly native?: boolean;
	readonly failOn?: keyof typeof GATES;
}

interface DiffFlags extends ComparisonFlags {
	readonly json?: boolean;
	readonly markdown?: boolean;
	readonly baseline?: string;
}

export function addCommand(program: Command, io: Io): void {
	const command = program
		.command('diff')
		.description('report what changes when a model trained with A is served with B')
		.argument('<a>', 'the tokenizer that the model was trained with')
		.argument('[b]', 'the tokenizer that serves it')
		.option('--baseline <file>', 'use this output of `fingerprint --json` as A, and give only B')
		.addOption(
			new Option(
				'--format <format>',
				'report format: text, json, markdown, or github for annotations in a workflow (default: text)'
			).choices(FORMATS)
		)
		.option('--json', 'the same as --format json')
		.option('--markdown', 'the same as --format markdown');
	addComparisonOptions(command)
		.addHelpText(
			'after',
			`
Verdicts, from mildest to worst:
  identical, formatting-only   the same tokenizer, perhaps written differently
  harmless                     fields differ, but with no known effect on the output
  silent                       ids or text differ without any error
  crash                        B cannot be read, Hugging Face's library rejects a file, one side stops
                               with an error, or B gives ids that the model has no embedding row for

If B cannot be read, the exit code is 1 whatever --fail-on says; if A cannot be read, it is 2.
Faults that are visible in the files themselves are always detected. With --native, both files are
also loaded and run in Hugging Face's library, using the tokenizers npm package installed in the
working directory.

Examples:
  bpe-lab diff cl100k_base o200k_base
  bpe-lab diff llama3 tokenizer.json --text docs/*.md --markdown > drift.md
  bpe-lab diff trained/tokenizer.json served/tokenizer.json --fail-on silent
  bpe-lab diff --baseline baseline.json tokenizer.json --fail-on silent`
		)
		.action(async (a: string, b: string | undefined, flags: DiffFlags) => {
			const options = { ...flags, format: formatOf(flags) };
			const { verdict, failure } = await run(a, b, options, io);
			if (flags.format === 'github') await io.appendForStep('output', `verdict=${verdict}\n`);
			if (failure !== null) throw new GateFailed(failure);
		});
}

async function run(
	a: string,
	b: string | undefined,
	flags: DiffFlags,
	io: Io
): Promise<Comparison> {
	const { baseline, failOn } = flags;
	if (baseline === undefined) {
		if (b === undefined)
			throw new UserError('missing argument "b"; give two tokenizers, or one with --baseline');
		return compare(a, b, flags, io);
	}
	if (b !== undefined) throw excludeEachOther('--baseline', `a second tokenizer (${b})`);
	const others = (['text', 'probes', 'native'] as const).filter((name) => flags[name]);
	if (others.length > 0) {
		throw excludeEachOther('--baseline', ...others.map((name) => `--${name}`));
	}
	const report = await compareWithFile(a, baseline, flags, io);
	return { verdict: report.verdict, failure: failureOf(report, failOn), notRun: [] };
}

/** Checks that don't run unless the user provides text. */
const OPTIONAL: ReadonlySet<CheckId> = new Set(['text', 'damage']);

function failureOf(
	{
		verdict,
		reason,
		checks = []
	}: Pick<DriftReport, 'verdict' | 'reason'> & Partial<Pick<DriftReport, 'checks'>>,
	failOn: ComparisonFlags['failOn']
): string | null {
	if (failOn && VERDICTS.indexOf(verdict) >= VERDICTS.indexOf(GATES[failOn]))
		return `${verdict}: ${reason}`;
	const incomplete = checks.filter(({ status }) => status === 'incomplete');
	if (failOn !== 'any' || incomplete.length === 0) return null;
	const names = incomplete.map(({ id }) => CHECK_LABELS[id].name.toLowerCase());
	return `${verdict}, but not every check could finish (${names.join(', ')}); see the report`;
}

export interface Naming {
	readonly a: string;
	readonly b: string;
	/** The command that repeats this comparison, as separate words and without options. */
	readonly command: readonly string[];
	/** Path that annotations use for one of B's files; `null` if B was not read from a file. */
	readonly file: (name: string) => string | null;
}

async function namesOf(a: string, b: string, io: Io): Promise<Naming> {
	const isRead = b !== '-' && !(await findShipped(b, io));
	const isFolder = isRead && (await io.kindOf(b)) === 'folder';
	const file = (name: string) => (isFolder ? join(b, name) : isRead ? b : null);
	return { a, b, command: ['bpe-lab', 'diff', a, b], file };
}

export interface Comparison {
	readonly verdict: Verdict;
	/** Why the comparison fails; `null` if it passes. */
	readonly failure: string | null;
	/** Names of checks that did not run to completion, except those that need text from the user. */
	readonly notRun: readonly string[];
}

/** Adds the options of {@link ComparisonFlags} except `--format`. */
export const addComparisonOptions = (command: Command): Command =>
	addReadingOptions(command)
		.option('--text <files...>', 'also compare these files, each as a document (UTF-8)')
		.addOption(
			new Option(
				'--embedding-rows <n>',
				"rows in the model's embedding, including padding (default: the number known for A, but at least its largest id + 1)"
			).argParser(parseRows)
		)
		.addOption(
			new Option(
				'--probes <depth>',
				'inputs to try: deep for tens of thousands, quick for the first few thousand (default: deep)'
			).choices(['deep', 'quick'])
		)
		.option(
			'--native',
			"also load and run both files in Hugging Face's library (the tokenizers npm package in the working directory)"
		)
		.addOption(
			new Option(
				'--fail-on <severity>',
				'exit with 1 at this severity or worse: any (anything beyond formatting, or an incomplete check), silent, crash'
			).choices(Object.keys(GATES))
		);

function formatOf({ format, json, markdown }: DiffFlags): ReportFormat {
	const asked = [
		...(format === undefined ? [] : [`--format ${format}`]),
		...(json ? ['--json'] : []),
		...(markdown ? ['--markdown'] : [])
	];
	const [first, ...others] = asked;
	if (others.length > 0) throw excludeEachOther(first, ...others);
	return format ?? (json ? 'json' : markdown ? 'markdown' : 'text');
}

function parseRows(value: string): number {
	const number = Number(value);
	if (!Number.isSafeInteger(number) || number < 1) {
		throw new InvalidArgumentError('expected a whole number of at least 1');
	}
	return number;
}

/** Compares two tokenizers and prints the report. */
export async function compare(
	nameA: string,
	nameB: string,
	flags: ComparisonFlags,
	io: Io,
	given?: Naming
): Promise<Comparison> {
	const naming = given ?? (await namesOf(nameA, nameB, io));
	const a = await loadSource(nameA, io, flags);
	const b = nameA === nameB ? a : await loadSource(nameB, io, flags);
	const texts: { name: string; text: string }[] = [];
	for (const name of flags.text ?? []) texts.push({ name, text: await readText(io, [name]) });
	if ('problem' in a) throw new UserError(`${nameA}: ${a.problem}`);
	const report = await withErrorPrefix(`${nameA}, ${nameB}`, async () => {
		const native = flags.native ? await import('../native') : undefined;
		return judge(a, b, {
			rows: flags.embeddingRows ?? null,
			budget: flags.probes,
			texts,
			native: await native?.askNatively({ name: nameA, source: a }, { name: nameB, source: b }, io),
			// The text format doesn't show fingerprints.
			fingerprints: flags.format !== undefined && flags.format !== 'text',
			onprogress: ({ part, share }) => io.status(part, share)
		});
	});
	io.status('');
	const command = commandOf(naming, flags);
	await print(flags.format, io, {
		text: () => driftReportText(report, naming, command),
		json: () => `${printableJson(driftReportJson(report, naming), 2)}\n`,
		markdown: () => driftReportMarkdown(report, naming, command),
		github: () => driftReportGitHub(report, naming, naming.file)
	});
	const { verdict, reason, checks } = report;
	const isUnread = 'problem' in b;
	return {
		verdict,
		failure: isUnread ? `${verdict}: ${reason}` : failureOf(report, flags.failOn),
		notRun: checks
			.filter(
				({ id, status }) => status === 'incomplete' || (status === 'open' && !OPTIONAL.has(id))
			)
			.map(({ id }) => CHECK_LABELS[id].name.toLowerCase())
	};
}

/** Compares a tokenizer with a baseline and prints the report. */
async function compareWithFile(
	name: string,
	baselineFile: string,
	flags: DiffFlags,
	io: Io
): Promise<BaselineReport> {
	const text = await readText(io, [baselineFile]);
	const baseline = withErrorPrefix(baselineFile, () => parseBaseline(text));
	const source = await loadSource(name, io, flags);
	const rows = flags.embeddingRows ?? null;
	const report = await withErrorPrefix(name, () =>
		compareWithBaseline(baseline, name, source, rows, requireSha256())
	);
	const file = name === '-' || (await findShipped(name, io)) ? null : name;
	await print(flags.format, io, {
		text: () => baselineReportText(report),
		json: () => `${printableJson(report, 2)}\n`,
		markdown: () => baselineReportMarkdown(report),
		github: () => baselineReportGitHub(report, file)
	});
	return report;
}

/** Prints a report. In a workflow, also adds it to the step's summary. */
async function print(
	format: ReportFormat = 'text',
	io: Io,
	report: Readonly<Record<ReportFormat, () => string>>
): Promise<void> {
	await io.write(report[format]());
	if (format === 'github') await io.appendForStep('summary', report.markdown());
}

/** Command line that repeats the comparison, for a POSIX shell. */
function commandOf(
	{ command }: Naming,
	{ text, embeddingRows, probes, native, failOn }: ComparisonFlags
): string {
	return [
		...command,
		...(text ? ['--text', ...text] : []),
		...(embeddingRows === undefined ? [] : ['--embedding-rows', String(embeddingRows)]),
		...(probes === 'quick' ? ['--probes', probes] : []),
		...(native ? ['--native'] : []),
		...(failOn ? ['--fail-on', failOn] : [])
	]
		.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
		.join(' ');
}
