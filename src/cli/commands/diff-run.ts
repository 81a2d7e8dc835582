import { concludeDrift } from '../../lib/drift/conclude';
import { platformSha256 } from '../../lib/drift/fingerprint/sha256';
import { compareQuickly } from '../../lib/drift/quick';
import { driftReportJson } from '../../lib/drift/report-json';
import { driftReportMarkdown } from '../../lib/drift/report-markdown';
import { driftReportText } from '../../lib/drift/report-text';
import { compareSelfEncoding } from '../../lib/drift/self-encode';
import { documentFindings, textFindings } from '../../lib/drift/text/documents';
import { VERDICTS, type DriftReport, type TextFindings } from '../../lib/drift/types';
import { createTokenizer, type Tokenizer } from '../../lib/engine';
import { byteLength } from '../../lib/engine/text/utf8';
import { GateFailed, oneLine, UserError } from '../failure';
import { readText } from '../input';
import type { Io } from '../io';
import { loadTokenizer, type NamedTokenizer } from '../tokenizer';
import type { DiffFlags } from './diff';
import { GATES } from './diff-gates';

/**
 * Runs `bpe-lab diff`.
 * @throws GateFailed after printing, where the verdict is as bad as `--fail-on` says or worse
 * @throws UserError for bad input
 */
export async function diff(nameA: string, nameB: string, flags: DiffFlags, io: Io): Promise<void> {
	const named = { a: await loadTokenizer(nameA, io), b: await loadTokenizer(nameB, io) };
	const texts = await readTexts(flags.text ?? [], io);
	const report = await compare(named, texts, flags, io);
	await io.write(printed(report, { a: nameA, b: nameB }, flags));
	const { failOn } = flags;
	if (failOn && VERDICTS.indexOf(report.verdict) >= VERDICTS.indexOf(GATES[failOn])) {
		throw new GateFailed(`${report.verdict}: ${report.reason}`);
	}
}

interface NamedText {
	readonly name: string;
	readonly text: string;
}

async function readTexts(paths: readonly string[], io: Io): Promise<NamedText[]> {
	const texts: NamedText[] = [];
	for (const name of paths) texts.push({ name, text: await readText(io, [name]) });
	return texts;
}

interface Pair<T> {
	readonly a: T;
	readonly b: T;
}

async function compare(
	named: Pair<NamedTokenizer>,
	texts: readonly NamedText[],
	{ embeddingRows }: DiffFlags,
	io: Io
): Promise<DriftReport> {
	const pair = { a: start(named.a), b: start(named.b) };
	const { findings } = await compareQuickly(pair.a, pair.b, {
		rows: embeddingRows ?? null,
		sha256: platformSha256(),
		otherFile: otherFile(named),
		batch: { a: named.a.batch, b: named.b.batch }
	});
	const steps = compareSelfEncoding(pair.a, pair.b, findings.vocabulary);
	let step = steps.next();
	for (; !step.done; step = steps.next()) {
		io.status(`encoding every token: ${Math.floor(100 * step.value)} %`);
	}
	io.status('');
	const text = texts.length === 0 ? null : compareTexts(pair, texts);
	return concludeDrift({ ...findings, selfEncode: step.value, text, damage: null });
}

function start({ name, spec }: NamedTokenizer): Tokenizer {
	try {
		return createTokenizer(spec);
	} catch (error) {
		throw new UserError(`${name}: ${oneLine(error)}`, { cause: error });
	}
}

function otherFile({ a, b }: Pair<NamedTokenizer>): boolean | null {
	return a.file === undefined || b.file === undefined ? null : a.file !== b.file;
}

function compareTexts(pair: Pair<Tokenizer>, texts: readonly NamedText[]): TextFindings {
	const found = texts.map(({ name, text }) =>
		documentFindings(
			{ name, text, bytes: byteLength(text), a: pair.a.encode(text), b: pair.b.encode(text) },
			pair,
			'text'
		)
	);
	return textFindings(found);
}

function printed(report: DriftReport, names: Pair<string>, flags: DiffFlags): string {
	if (flags.json) return `${JSON.stringify(driftReportJson(report, names), null, 2)}\n`;
	return flags.markdown ? driftReportMarkdown(report, names) : driftReportText(report, names);
}
