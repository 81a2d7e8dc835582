import {
	driftReportJson,
	driftReportMarkdown,
	driftReportText,
	judgeDrift,
	VERDICTS,
	type DriftReport,
	type RefusalReport
} from '../../lib/drift';
import { GateFailed, oneLine, UserError } from '../failure';
import { readText } from '../input';
import type { Io } from '../io';
import { loadSource } from '../tokenizer';
import type { DiffFlags } from './diff';
import { GATES } from './diff-gates';

/**
 * Runs `bpe-lab diff`.
 * @throws GateFailed after printing, if the verdict is as bad as `--fail-on` says or worse
 * @throws UserError for bad input
 */
export async function diff(nameA: string, nameB: string, flags: DiffFlags, io: Io): Promise<void> {
	const a = await loadSource(nameA, io);
	const b = nameA === nameB ? a : await loadSource(nameB, io);
	const texts: { name: string; text: string }[] = [];
	for (const name of flags.text ?? []) texts.push({ name, text: await readText(io, [name]) });
	const report = await judge();
	io.status('');
	await io.write(printed(report, { a: nameA, b: nameB }, flags));
	const { failOn } = flags;
	if (failOn && VERDICTS.indexOf(report.verdict) >= VERDICTS.indexOf(GATES[failOn])) {
		throw new GateFailed(`${report.verdict}: ${report.reason}`);
	}

	async function judge(): Promise<DriftReport | RefusalReport> {
		try {
			return await judgeDrift(a, b, {
				rows: flags.embeddingRows ?? null,
				probes: flags.probes,
				texts,
				onprogress: (what, share) => io.status(`${what}: ${Math.floor(100 * share)} %`)
			});
		} catch (error) {
			throw new UserError(`${nameA}, ${nameB}: ${oneLine(error)}`, { cause: error });
		}
	}
}

type Names = { readonly a: string; readonly b: string };

function printed(report: DriftReport | RefusalReport, names: Names, flags: DiffFlags): string {
	if (flags.json) return `${JSON.stringify(driftReportJson(report, names), null, 2)}\n`;
	const command = commandOf(report, names, flags);
	return flags.markdown
		? driftReportMarkdown(report, names, command)
		: driftReportText(report, names, command);
}

/** What gives this verdict again, for a POSIX shell. */
function commandOf(
	{ verdict }: Pick<DriftReport, 'verdict'>,
	{ a, b }: Names,
	{ text, embeddingRows, probes }: DiffFlags
): string {
	const gate = verdict === 'silent' || verdict === 'crash' ? ['--fail-on', verdict] : [];
	return [
		'bpe-lab',
		'diff',
		a,
		b,
		...(text ? ['--text', ...text] : []),
		...(embeddingRows === undefined ? [] : ['--embedding-rows', String(embeddingRows)]),
		...(probes === 'quick' ? ['--probes', probes] : []),
		...gate
	]
		.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`))
		.join(' ');
}
