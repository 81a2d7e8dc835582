/** `diff --baseline`: compares a file with the baseline of an earlier one. */
import {
	baselineReportGitHub,
	baselineReportMarkdown,
	baselineReportText,
	compareWithBaseline,
	parseBaseline,
	type BaselineReport
} from '../lib/drift';
import { printableJson } from '../lib/drift/escapes';
import { requireSha256 } from './commands/fingerprint';
import { oneLine, UserError } from './failure';
import { readText } from './input';
import type { Io } from './io';
import { loadSource, type ReadingFlags } from './tokenizer';

export interface BaselineFlags extends ReadingFlags {
	readonly baseline: string;
	readonly embeddingRows?: number;
	readonly format?: 'text' | 'json' | 'markdown' | 'github';
	/** Path of a file in which an annotation can be shown. */
	readonly file: string | null;
}

/**
 * Compares a tokenizer with a baseline and prints the report.
 * @throws UserError for bad input
 */
export async function compareBaseline(
	name: string,
	flags: BaselineFlags,
	io: Io
): Promise<BaselineReport> {
	const text = await readText(io, [flags.baseline]);
	let baseline;
	try {
		baseline = parseBaseline(text);
	} catch (error) {
		throw new UserError(`${flags.baseline}: ${oneLine(error)}`, { cause: error });
	}
	const source = await loadSource(name, io, flags);
	let report: BaselineReport;
	try {
		report = await compareWithBaseline(
			baseline,
			name,
			source,
			flags.embeddingRows ?? null,
			requireSha256()
		);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
	await io.write(printed(report, flags));
	if (flags.format === 'github') {
		await io.appendForStep('summary', baselineReportMarkdown(report));
	}
	return report;
}

function printed(report: BaselineReport, { format, file }: BaselineFlags): string {
	switch (format) {
		case 'json':
			return `${printableJson(report, 2)}\n`;
		case 'markdown':
			return baselineReportMarkdown(report);
		case 'github':
			return baselineReportGitHub(report, file);
		default:
			return baselineReportText(report);
	}
}
